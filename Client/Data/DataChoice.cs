using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Recipes;
using DistGan.Training.Data.Sources;

namespace DistGan.Client.Data;

/// <summary>The data set that a command line means: a name, or recipe keys.</summary>
internal static class DataChoice
{
    /// <summary>A valid recipe around the data; a named set has the size in which it is stored.</summary>
    /// <exception cref="CommandException">There is no such set, or none is given.</exception>
    /// <exception cref="InvalidRecipeException">A key is not valid.</exception>
    public static Recipe Of(string? name, IReadOnlyList<string> overrides)
    {
        if (name is null && !overrides.Any(static assignment => assignment.StartsWith("data.", StringComparison.Ordinal)))
        {
            throw new CommandException(ExitCodes.Usage, $"Which data? Give a name ({Names()}), or a folder with --set data.folder=DIR, or an IDX file with --set data.idx=FILE.");
        }

        // Networks that take samples of any kind and size: only the data matter here.
        var player = new PlayerRecipe { Network = "mlp" };
        var recipe = new Recipe { Generator = player, Discriminator = player, Evaluation = null, Batch = 2 };
        return RecipeReader.Apply(name is null ? recipe : recipe with { Data = Named(CardOf(name)) }, overrides);
    }

    /// <summary>Lets a command refuse a name beside --set data.folder and the like.</summary>
    public static void RefuseContradictions(Command command, Argument<string?> name) => command.Validators.Add(result =>
    {
        if (result.GetValue(name) is { } given)
        {
            CommonOptions.RefuseContradictions(result, ($"data.name={given}", given));
        }
    });

    /// <summary>The card of a name.</summary>
    /// <exception cref="CommandException">There is none; the message names the nearest.</exception>
    public static DataSetCard CardOf(string name)
        => DataSetCards.Find(name) ?? throw new CommandException(ExitCodes.Usage, $"There is no data set '{name}': it {NearestName.Explain(name, DataSetCards.All.Select(static card => card.Name))}");

    private static DataRecipe Named(DataSetCard card)
    {
        var defaults = new DataRecipe { Name = card.Name };
        return card.Shape.IsImage ? defaults with { Size = card.Shape.Height } : defaults;
    }

    private static string Names() => string.Join(", ", DataSetCards.All.Select(static card => card.Name));
}
