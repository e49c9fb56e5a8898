# Things that AsciiDoc's libraries get wrong for a book about Java.
require 'asciidoctor'
require 'asciidoctor/converter/html5'

# Rouge reads its two hundred languages when it is loaded, and a book has four or five. A language
# is read when it is asked for by the name of its file; after another name, all of them are.
module Rouge
  def self.singleton_method_added(name)
    return unless name == :load_lexers && !@waiting

    @waiting = true
    singleton_class.alias_method :load_all_lexers, :load_lexers
    def self.load_lexers; end
  end
end

require 'rouge'

class Rouge::Lexer
  class << self
    alias find_loaded find

    def find(name)
      find_loaded(name) || begin
        file = "#{name}.rb"
        if File.exist?(File.join(Rouge::Lexers::BASE_DIR, file))
          Rouge::Lexers.load_lexer(file)
        else
          Rouge.load_all_lexers
        end
        find_loaded(name)
      end
    end
  end
end

Rouge::Lexers.load_lexer('plain_text.rb')
Rouge::Lexers.load_lexer('java.rb')

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
