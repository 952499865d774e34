using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DistGan.Architecture.Tests.Sources;

public sealed class CatalogTests
{
    /// <summary>Pairs of catalogs that must have the same names: what a recipe may say, and what makes it.</summary>
    public static TheoryData<string, string> Pairs => new()
    {
        { "Recipes/RecipeKinds.cs:Objectives", "Training/Objectives/ObjectiveCatalog.cs:Makers" },
        { "Recipes/RecipeKinds.cs:Optimizers", "Training/Optimizers/OptimizerCatalog.cs:Makers" },
        { "Recipes/RecipeKinds.cs:Conditionings", "Training/Conditions/ConditioningCatalog.cs:Makers" },
        { "Recipes/PlayerRecipe.cs:Network", "Training/Networks/NetworkCatalog.cs:Families" },
    };

    [Fact]
    public void Catalog_InSource_NamesNothingTwice()
        => Offenders.None(
            "A catalog has each name once; a second entry would silently replace the first:",
            from source in Source.All
            from initializer in source.Root.DescendantNodes().OfType<InitializerExpressionSyntax>()
            from name in Names(initializer).GroupBy(static name => name).Where(static same => same.Count() > 1)
            select $"{source.At(initializer)} has {name.Key} {name.Count()} times");

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Catalog_OfRecipes_HasTheNamesOfWhatMakesThem(string described, string made)
        => Assert.Equal(NamesOf(described).Order(StringComparer.Ordinal), NamesOf(made).Order(StringComparer.Ordinal));

    private static List<string> NamesOf(string place)
    {
        var parts = place.Split(':');
        var source = Source.All.Single(source => source.File == parts[0]);
        var property = source.Root.DescendantNodes().OfType<PropertyDeclarationSyntax>().Single(node => node.Identifier.Text == parts[1]);
        List<string> names = [.. property.DescendantNodes().OfType<InitializerExpressionSyntax>().SelectMany(Names)];
        if (names.Count == 0)
        {
            var allowed = property.AttributeLists.SelectMany(static list => list.Attributes).Single(static attribute => attribute.Name.ToString() == "AllowedValues");
            names = [.. allowed.ArgumentList!.Arguments.Select(static argument => argument.Expression.ToString())];
        }

        return names;
    }

    private static IEnumerable<string> Names(InitializerExpressionSyntax initializer)
        => initializer.Expressions.OfType<AssignmentExpressionSyntax>()
            .Select(static entry => entry.Left)
            .OfType<ImplicitElementAccessSyntax>()
            .Select(static key => key.ArgumentList.Arguments.ToString())
            .Where(static key => key.StartsWith('"'));
}
