namespace DistGan.Recipes;

/// <summary>What a choice may ask of the rest of a recipe.</summary>
internal static class Adjustment
{
    /// <summary>Assignments in the order in which they are tried, and the key that must be chosen for one to make sense.</summary>
    private static readonly (string Assignment, string? OnlyWith)[] Known =
    [
        ("discriminator.network=autoencoder", "objective"),
        ("objective=ebgan", "discriminator.network"),
        ("techniques.unrolling.loss=objective", "techniques.unrolling"),
        ("generator.network=mlp", "data.name"),
        ("discriminator.network=mlp", "data.name"),
        ("topology.replicas=2", "topology.kind"),
        ("topology.swap-passes=0", "techniques.historical-averaging"),
    ];

    /// <summary>Those that change no choice.</summary>
    public static IReadOnlyList<string> For(IReadOnlyList<Choice> choices)
        => [.. Known
            .Where(known => (known.OnlyWith is null || choices.Any(choice => choice.Key == known.OnlyWith)) && !choices.Any(choice => choice.Key == known.Assignment[..known.Assignment.IndexOf('=')]))
            .Select(static known => known.Assignment)];
}
