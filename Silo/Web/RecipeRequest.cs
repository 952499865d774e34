using System.Text.Json;
using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Silo.Documents;

namespace DistGan.Silo.Web;

/// <summary>The recipe that a request asks for.</summary>
internal static class RecipeRequest
{
    /// <summary>The recipe, valid.</summary>
    /// <exception cref="InvalidRecipeException">It is not valid.</exception>
    /// <exception cref="DistGanException">The request contradicts itself, or needs files that the workers do not have.</exception>
    public static Recipe Read(SubmitRequest request)
    {
        if (request is { Recipe: not null, Preset: not null })
        {
            throw new DistGanException("Both 'recipe' and 'preset' are given: give one, and change keys of it with 'set'.");
        }

        var recipe = RecipeReader.Apply(Base(request), request.Set);
        if (recipe.Start is { Stored: null })
        {
            throw new DistGanException("start: weights do not travel by HTTP; start a job with 'distgan submit --from', whose recipe names them in start.stored.");
        }

        if ((recipe.Data.Folder ?? recipe.Data.Idx) is { } path && recipe.Data is not { Stored: not null } && !(recipe.Data.Shared && Path.IsPathFullyQualified(path)))
        {
            throw new DistGanException($"data: '{path}' is not where workers find it: give the full path that each of them sees, with data.shared = true; or upload the files with 'distgan submit', whose jobs name them in data.stored.");
        }

        if (DataFacts.OfCatalog(recipe.Data) is { } facts)
        {
            RecipeValidator.ThrowIfInvalid(recipe, facts);
        }

        return recipe;
    }

    private static Recipe Base(SubmitRequest request) => request.Recipe switch
    {
        null => Presets.Get(request.Preset ?? Presets.Default).Make(),
        JsonObject tree => RecipeReader.Parse(tree.ToJsonString(), "recipe.json"),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => RecipeReader.Parse(value.GetValue<string>()),
        _ => throw new DistGanException("'recipe' must be an object of recipe keys, or a text in YAML or JSON."),
    };
}
