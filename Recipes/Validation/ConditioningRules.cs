using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Labels that the data must have, and players that can be told of them.</summary>
internal static class ConditioningRules
{
    private const string Key = "conditioning";

    /// <summary>Classes above which planes of labels outweigh the image.</summary>
    private const int ManyClasses = 100;

    public static IEnumerable<Finding> Find(Recipe recipe, DataFacts? facts)
        => Labels(recipe, facts).Concat(Players(recipe)).Concat(recipe.Conditioning is InformationMaximizingRecipe codes ? Codes(recipe, codes) : []);

    /// <summary>What works, but probably not as meant.</summary>
    public static IEnumerable<Finding> Warnings(Recipe recipe)
    {
        if (recipe.Conditioning is ConditionalGanRecipe && DataFacts.OfCatalog(recipe.Data) is { IsImages: true, Classes: > ManyClasses and var classes })
        {
            yield return Finding.At(Key, recipe.Conditioning.Kind, $"joins a plane to each image for each of {classes} classes, which takes long; take projection", "data.name");
        }
    }

    private static IEnumerable<Finding> Labels(Recipe recipe, DataFacts? facts)
    {
        var hasNone = facts is { Classes: 0 } || (facts is null && recipe.Data is { Idx: not null, Labels: null });
        if (recipe.Conditioning.UsesLabels && hasNone)
        {
            yield return Finding.At(Key, recipe.Conditioning.Kind,
                "needs the class of each sample, but the data have no labels; give data.labels or other data, or take none or infogan", "data.name", "data.idx", "data.folder", "data.labels");
        }
    }

    private static IEnumerable<Finding> Players(Recipe recipe)
    {
        var kind = recipe.Conditioning.Kind;
        if (!recipe.Conditioning.HasCode)
        {
            yield break;
        }

        if (recipe.Objective.UsesEnergies || recipe.Discriminator.Network == "autoencoder")
        {
            yield return Finding.At(Key, kind, "changes what enters or leaves the scores of D, but a D that is an autoencoder gives energies of what it is shown; take none, or another objective and network", "objective", "discriminator.network");
        }

        if (!recipe.Objective.HasDiscriminator && recipe.Conditioning is not ConditionalGanRecipe)
        {
            yield return Finding.At(Key, kind, $"reads the scores of a discriminator, which objective {recipe.Objective.Kind} does not have; take cgan, whose label is joined to the inputs of encoder and decoder, or none", "objective");
        }
    }

    private static IEnumerable<Finding> Codes(Recipe recipe, InformationMaximizingRecipe codes)
    {
        if (codes.Categories == 1)
        {
            yield return Finding.At($"{Key}.categories", codes.Categories, "one category is always the same and tells nothing; give 0 for none, or at least 2", Key);
        }

        if (codes is { Categories: 0, Continuous: 0 })
        {
            yield return Finding.At($"{Key}.continuous", codes.Continuous, "there is no code at all; give categories or continuous codes, or take conditioning none", $"{Key}.categories", Key);
        }

        if (recipe.Techniques.ExperienceReplay is { Mode: "pool" })
        {
            yield return Finding.At(Key, codes.Kind, "reads the codes of the samples that D is shown, and mode pool swaps some for stored ones without a code; replay with mode parallel or half", "techniques.experience-replay.mode");
        }
    }
}
