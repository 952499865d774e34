using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>How many replicas, and what they exchange.</summary>
public sealed record TopologyRecipe
{
    [Description("independent: replicas share history, not parameters.")]
    [AllowedValues("independent")]
    public string Kind { get; init; } = "independent";

    [Description("Generator/discriminator pairs that train at the same time.")]
    [Range(1, 1)]
    public int Replicas { get; init; } = 1;

    [Description("Steps between two exchanges with the cluster; a report is made as often.")]
    [Range(1, 100000)]
    public int RoundSteps { get; init; } = 50;

    [Description("How long a replica waits for an answer of the cluster before it goes on with what it has, in seconds.")]
    [Range(0, 3600)]
    public double PatienceSeconds { get; init; } = 10;
}
