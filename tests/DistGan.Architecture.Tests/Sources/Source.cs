using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DistGan.Architecture.Tests.Sources;

/// <summary>A C# file of the repository, parsed.</summary>
internal sealed class Source
{
    private static readonly Lazy<IReadOnlyList<Source>> Parsed = new(static () => [.. Repository.Sources.Select(static file => new Source(file, Repository.Read(file)))]);

    public Source(string file, string text)
    {
        File = file;
        Tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse));
        Root = Tree.GetCompilationUnitRoot();
    }

    public static IReadOnlyList<Source> All => Parsed.Value;

    public string File { get; }

    public SyntaxTree Tree { get; }

    public CompilationUnitSyntax Root { get; }

    /// <summary>The first folder, or the project folder under tests.</summary>
    public string Project => File.StartsWith("tests/", StringComparison.Ordinal) ? File.Split('/')[1] : File.Split('/')[0];

    /// <summary>Lines without the empty one after the last line break.</summary>
    public int Lines
    {
        get
        {
            var lines = Tree.GetText().Lines;
            return lines[^1].Span.IsEmpty ? lines.Count - 1 : lines.Count;
        }
    }

    /// <summary>Types and delegates that are not nested.</summary>
    public IEnumerable<MemberDeclarationSyntax> TopTypes
        => Root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(static node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public IEnumerable<MemberDeclarationSyntax> PublicTypes => TopTypes.Where(static type => type.Modifiers.Any(SyntaxKind.PublicKeyword));

    /// <summary>Where a node stands, for messages.</summary>
    public string At(SyntaxNode node) => $"{File}:{Tree.GetLineSpan(node.Span).StartLinePosition.Line + 1}";

    /// <summary>Lines of a node from its first token to its last, without comments before it.</summary>
    public int LinesOf(SyntaxNode node)
    {
        var span = Tree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    public static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax named => named.Identifier.Text,
        DelegateDeclarationSyntax named => named.Identifier.Text,
        _ => "?",
    };
}
