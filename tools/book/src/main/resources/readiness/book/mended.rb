# Two things that AsciiDoc's libraries get wrong for a book about Java.
require 'asciidoctor'
require 'asciidoctor/converter/html5'
require 'rouge'

# In AsciiDoc, ((term)) is an entry for an index. The book has none, and f((int) g(x)) is a call
# that should keep its brackets.
Asciidoctor::Converter::Html5Converter.class_eval do
  def convert_inline_indexterm(node)
    node.type == :visible ? "((#{node.text}))" : "(((#{node.attr('terms').join(', ')})))"
  end
end

# Rouge 3.30 does not know the words of Java that are keywords in some places only. And its rule
# for methods swallows the end of the line before, and with it takes `return switch (` for one.
class Rouge::Lexers::Java
  prepend :root do
    rule %r/\s+/, Text
    rule %r/((?:(?:public|protected|private|static|final)\s+)*)(record)(\s+)(\w+)(?=\s*[<(])/ do
      groups Keyword::Declaration, Keyword::Declaration, Text, Name::Class
    end
    rule %r/(sealed|non-sealed)(\s+)(?=[a-z])/ do
      groups Keyword::Declaration, Text
    end
    rule %r/(permits)(\s+)(?=[A-Z])/ do
      groups Keyword::Declaration, Text
    end
    rule %r/(yield|when)(\s+)(?=[^\s=;])/ do
      groups Keyword, Text
    end
  end
end
