namespace DistGan.Recipes;

/// <summary>What can be chosen, from the catalogs: every kind and name of a few keys, and every technique.</summary>
public static class Choices
{
    private const string Techniques = "techniques";

    /// <summary>Keys that are combined with one another, in the order in which they are set; <c>techniques</c> stands for each of them.</summary>
    public static IReadOnlyList<string> Axes { get; } =
    [
        "data.name",
        "objective",
        "conditioning",
        Techniques,
        "generator.network",
        "discriminator.network",
        "balance",
        "generator.optimizer",
        "discriminator.optimizer",
        "topology.kind",
        "precision",
    ];

    /// <summary>Data sets that stand for others of their kind: images, and points.</summary>
    private static readonly string[] DataSets = ["fashion-10k", "ring"];

    /// <summary>The choices of every axis, in the order of the catalogs.</summary>
    public static IReadOnlyList<Choice> All { get; } = [.. Axes.SelectMany(Of)];

    /// <summary>The choices of one axis.</summary>
    public static IEnumerable<Choice> Of(string axis) => axis switch
    {
        Techniques => RecipeKeys.All.Where(static key => key is { Type: "mapping", IsOptional: true } && key.Path.StartsWith($"{Techniques}.", StringComparison.Ordinal)).Select(static key => new Choice(key.Path, Choice.On)),
        "data.name" => DataSets.Select(name => new Choice(axis, name)),
        _ => RecipeKeys.Find(axis)[0].Names.Select(name => new Choice(axis, name)),
    };

    /// <summary>The axis of a choice.</summary>
    public static string AxisOf(Choice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return choice.Key.StartsWith($"{Techniques}.", StringComparison.Ordinal) ? Techniques : choice.Key;
    }
}
