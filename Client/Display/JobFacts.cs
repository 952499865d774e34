using DistGan.Recipes;

namespace DistGan.Client.Display;

/// <summary>What a display has to know of a job before it starts.</summary>
public sealed record JobFacts
{
    public required string Job { get; init; }

    public required string RunFolder { get; init; }

    /// <summary>One line: data, networks, objective, threads, precision.</summary>
    public required string Description { get; init; }

    public required BudgetRecipe Budget { get; init; }

    public required int Replicas { get; init; }

    /// <summary>Steps between an exchange and the use of its answer; staleness up to here is the design.</summary>
    public required int RoundSteps { get; init; }

    /// <summary>Rows of the sample picture, 1 where it is one drawing; null where labels make them, of which a recipe does not know how many there are.</summary>
    public required int? GridRows { get; init; }

    /// <summary>Cells in a row.</summary>
    public required int GridColumns { get; init; }

    public static JobFacts Of(Recipe recipe, string runFolder)
    {
        var drawing = IsDrawing(recipe);
        return new()
        {
            Job = recipe.Name,
            RunFolder = runFolder,
            Description = Describe(recipe),
            Budget = recipe.Budget,
            Replicas = recipe.Topology.Replicas,
            RoundSteps = recipe.Topology.RoundSteps,
            GridRows = drawing ? 1 : recipe.Conditioning.HasCode ? null : recipe.Samples.Rows,
            GridColumns = drawing ? 1 : recipe.Samples.Columns,
        };
    }

    /// <summary>Whether a picture of samples is one drawing of points, and no grid.</summary>
    public static bool IsDrawing(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.Data.Name is "ring" or "grid" or "gaussians";
    }

    private static string Describe(Recipe recipe)
    {
        var data = recipe.Data.Name ?? Path.GetFileName(recipe.Data.Folder ?? recipe.Data.Idx) ?? "data";
        var networks = string.Equals(recipe.Generator.Network, recipe.Discriminator.Network, StringComparison.Ordinal)
            ? $"{recipe.Generator.Network} {recipe.Generator.Width}/{recipe.Discriminator.Width}"
            : $"{recipe.Generator.Network} {recipe.Generator.Width}, {recipe.Discriminator.Network} {recipe.Discriminator.Width}";
        var conditioning = recipe.Conditioning.HasCode ? $", {recipe.Conditioning.Kind}" : "";
        var threads = recipe.Threads is { } count ? $"{count} {(count == 1 ? "thread" : "threads")}, " : "";
        var replicas = recipe.Topology.Replicas > 1 ? $"{recipe.Topology.Replicas} {recipe.Topology.Kind} replicas, " : "";
        return $"{data}, {networks}, {recipe.Objective.Kind}{conditioning}, batch {recipe.Batch}, {replicas}{threads}{recipe.Precision}, seed {recipe.Seed}";
    }
}
