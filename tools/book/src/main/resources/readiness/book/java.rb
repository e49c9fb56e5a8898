# What Rouge 3.30 does not know of Java: words that are keywords in some places only. And its rule
# for methods takes what stands before a bracket for a method's name, so the words that begin a
# statement are taken first.
require 'rouge'

class Rouge::Lexers::Java
  prepend :root do
    rule %r/^([ \t]*)((?:(?:public|protected|private|static|final|abstract)[ \t]+)*)(record)([ \t]+)(\w+)(?=[ \t]*[<(])/ do
      groups Text, Keyword::Declaration, Keyword::Declaration, Text, Name::Class
    end
    rule %r/^([ \t]*)(return|yield|throw|else|case|assert|new)\b(?=[ \t(])/ do
      groups Text, Keyword
    end
    rule %r/(record)([ \t]+)(\w+)(?=[ \t]*[<(])/ do
      groups Keyword::Declaration, Text, Name::Class
    end
    rule %r/(sealed|non-sealed)([ \t]+)(?=[a-z])/ do
      groups Keyword::Declaration, Text
    end
    rule %r/(permits)(\s+)(?=[A-Z])/ do
      groups Keyword::Declaration, Text
    end
    rule %r/(yield)([ \t]+)(?=[^\s=])/ do
      groups Keyword, Text
    end
    rule %r/(when)([ \t]+)(?=[^\s=;])/ do
      groups Keyword, Text
    end
    rule %r/(var)([ \t]+)(?=\w)/ do
      groups Keyword::Type, Text
    end
    rule %r/(switch)(?=\s*\()/, Keyword
  end
end
