using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DistGan.Architecture.Tests.Sources;

public sealed class SizeTests
{
    private const int LongestFile = 400;
    private const int LongestMethod = 40;

    [Fact]
    public void File_OfSource_IsNotTooLong()
        => Offenders.None(
            $"A file has at most {LongestFile} lines; split it by concern:",
            Source.All.Where(static source => source.Lines > LongestFile).Select(static source => $"{source.File} has {source.Lines}"));

    [Fact]
    public void File_OfSource_HasOnePublicType()
        => Offenders.None(
            "A file has one public type:",
            Source.All.Where(static source => source.PublicTypes.Select(Source.NameOf).Distinct().Count() > 1)
                .Select(static source => $"{source.File} has {string.Join(", ", source.PublicTypes.Select(Source.NameOf))}"));

    [Fact]
    public void File_WithAPublicType_BearsItsName()
        => Offenders.None(
            "A file is called as its public type (before the first dot):",
            Source.All.SelectMany(static source => source.PublicTypes
                .Where(type => Path.GetFileName(source.File).Split('.')[0] != Source.NameOf(type))
                .Select(type => $"{source.File} has {Source.NameOf(type)}")));

    [Fact]
    public void Method_OfSource_IsNotTooLong()
        => Offenders.None(
            $"A method has at most {LongestMethod} lines; give its parts names:",
            from source in Source.All
            from node in source.Root.DescendantNodes()
            where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
            let lines = source.LinesOf(node)
            where lines > LongestMethod
            select $"{source.At(node)} {NameOf(node)} has {lines}");

    [Fact]
    public void Namespace_OfSource_IsFileScopedAndThatOfItsProject()
        => Offenders.None(
            "A file has one file-scoped namespace that begins with its project's:",
            from source in Source.All
            where source.TopTypes.Any()
            let scoped = source.Root.Members.OfType<FileScopedNamespaceDeclarationSyntax>().SingleOrDefault()
            let expected = Expected(source.Project)
            where scoped is null || !$"{scoped.Name}.".StartsWith($"{expected}.", StringComparison.Ordinal)
            select $"{source.File} has {scoped?.Name.ToString() ?? "none"}, expected {expected}");

    private static string Expected(string project)
        => Arrows.Room.All.FirstOrDefault(room => room.Name == project)?.Namespace ?? project;

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        _ => node.Kind().ToString(),
    };
}
