using DistGan.Client.Runs;
using DistGan.Client.Studies.Planning;
using DistGan.Recipes;

namespace DistGan.Client.Studies;

/// <summary>What is to be run, before the recipes are made.</summary>
internal sealed record StudyDraft
{
    /// <summary>The recipe that is varied; null where it is not valid.</summary>
    public Recipe? Recipe { get; private init; }

    public IReadOnlyList<long> Seeds { get; private init; } = [];

    public IReadOnlyList<long> ConfirmSeeds { get; private init; } = [];

    public IReadOnlyList<StudyConfiguration> Configurations { get; private init; } = [];

    public IReadOnlyList<SkippedConfiguration> Skipped { get; private init; } = [];

    /// <summary>Reads every argument, so that all that is wrong is said at once.</summary>
    public static StudyDraft Read(StudyRequest request, List<RecipeError> errors)
    {
        var seeds = request.Seeds is { } text ? SeedList.Parse("--seeds", text, errors) : null;
        var confirm = request.ConfirmSeeds is { } best ? SeedList.Parse("--best-seeds", best, errors) : [];
        var isSearch = request.Kind == StudyKinds.Search;
        var variations = isSearch || request.Kind == StudyKinds.Grid ? VariationText.Parse(request.Variations, isSearch, errors) : [];
        var recipe = RecipeOf(request, errors);
        if (recipe is null || errors.Count > 0)
        {
            return new();
        }

        IReadOnlyList<SkippedConfiguration> skipped = [];
        IReadOnlyList<StudyConfiguration> configurations = [new() { Name = ConfigurationNames.Plain(recipe.Name), Overrides = [] }];
        switch (request.Kind)
        {
            case StudyKinds.Grid:
                configurations = GridPlanner.Plan(variations);
                break;
            case StudyKinds.Search:
                configurations = SearchPlanner.Plan(variations, request.Samples, request.SearchSeed);
                break;
            case StudyKinds.Techniques:
                (configurations, skipped) = TechniquePlanner.Plan(recipe, request.Only, request.Without, errors);
                break;
        }

        configurations = FurtherConfigurations.Add(request.Also, configurations, errors);
        return new() { Recipe = recipe, Seeds = seeds ?? [recipe.Seed], ConfirmSeeds = confirm, Configurations = configurations, Skipped = skipped };
    }

    private static Recipe? RecipeOf(StudyRequest request, List<RecipeError> errors)
    {
        try
        {
            var off = request.Bare ? TechniquePlanner.AllOff() : [];
            var recipe = RecipeSource.Build(request.RecipeFile, request.Preset, [.. off, .. request.Overrides]);
            if (recipe.Start is not null)
            {
                errors.Add(new("start", null, "a study begins at random, under each seed; set start=false"));
            }

            if (request.ConfirmSeeds is not null && recipe.Evaluation is null)
            {
                errors.Add(new("evaluation", "false", "the best configuration is the one with the best score; turn the evaluation on, or leave --best-seeds away"));
            }

            return recipe;
        }
        catch (InvalidRecipeException refused)
        {
            errors.AddRange(refused.Errors);
            return null;
        }
    }
}
