using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DistGan.Architecture.Tests.Sources;

public sealed class DocumentationTests
{
    /// <summary>Rooms whose every public type says what it is.</summary>
    private static readonly string[] Documented = ["Recipes", "Training", "Grains.Interfaces", "Grains", "Hosting", "Worker", "Silo"];

    /// <summary>Types with a formula in them, which their docstring must show.</summary>
    private static readonly string[] Mathematical = ["Training/Objectives/", "Training/Optimizers/Adam", "Training/Layers/BatchNormalization", "Training/Layers/Dense",
        "Training/Layers/AveragePooling", "Training/Layers/GlobalSum", "Training/Layers/ResidualBlock", "Training/Layers/Upsampling"];

    [Fact]
    public void PublicType_OfARoom_HasASummary()
        => Offenders.None(
            "A public type says in one sentence what it is (<summary>):",
            from source in Source.All
            where Documented.Contains(source.Project) && !source.File.StartsWith("tests/", StringComparison.Ordinal)
            from type in source.PublicTypes
            where !HasSummary(source, type)
            select $"{source.At(type)} {Source.NameOf(type)}");

    [Fact]
    public void PublicType_WithMathematics_ShowsItsFormula()
        => Offenders.None(
            "The docstring of an objective, an optimiser or a layer shows its formula (an equals sign or an arrow):",
            from source in Source.All
            where Mathematical.Any(path => source.File.StartsWith(path, StringComparison.Ordinal))
            from type in source.PublicTypes.OfType<TypeDeclarationSyntax>()
            where type.BaseList is not null && type is not InterfaceDeclarationSyntax
            let text = Documentation(type)
            where !text.Contains('=') && !text.Contains('←')
            select $"{source.At(type)} {Source.NameOf(type)}");

    /// <summary>One part of a partial type is enough.</summary>
    private static bool HasSummary(Source source, MemberDeclarationSyntax type)
        => Documentation(type).Contains("<summary>", StringComparison.Ordinal)
            || (type.Modifiers.Any(static modifier => modifier.IsKind(SyntaxKind.PartialKeyword))
                && Source.All.Where(other => other.Project == source.Project)
                    .SelectMany(static other => other.TopTypes)
                    .Any(other => Source.NameOf(other) == Source.NameOf(type) && Documentation(other).Contains("<summary>", StringComparison.Ordinal)));

    private static string Documentation(MemberDeclarationSyntax type)
        => string.Concat(type.GetLeadingTrivia().Where(static trivia => trivia.HasStructure).Select(static trivia => trivia.ToFullString()));
}
