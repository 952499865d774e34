using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace DistGan.Recipes;

/// <summary>How replicas of a population take the place of better ones, and what is varied when they do.</summary>
public sealed record PopulationRecipe
{
    private static readonly NameList Rates = new(["generator.optimizer.rate", "discriminator.optimizer.rate"]);
    private static readonly NameList Around = new(["0.8", "1.25"]);
    private readonly NameList? _vary = Rates;
    private readonly NameList? _objectives;
    private readonly NameList _factors = Around;

    [Description("Steps that a replica trains between two changes; it is compared with the others when it is evaluated after them.")]
    [Range(1, long.MaxValue)]
    public long EverySteps { get; init; } = 1000;

    [Description("The share of the replicas, by their newest scores, that count as worst, and as best; at least one of each.")]
    [Range(0, 0.5, MinimumIsExclusive = true)]
    public double Fraction { get; init; } = 0.25;

    [Description("What a varied number is multiplied by: one of these, drawn for each.")]
    [RegularExpression("^[0-9]*[.]?[0-9]+([eE][-+]?[0-9]{1,3})?$", ErrorMessage = "numbers")]
    public IReadOnlyList<string> Factors
    {
        get => _factors;
        init => _factors = new NameList(value);
    }

    [Description("Dotted keys of the numbers that vary, such as generator.optimizer.rate: real numbers of generator, discriminator, objective, techniques, balance and conditioning; null for none.")]
    [RegularExpression("^[a-z0-9.-]+$", ErrorMessage = "dotted keys")]
    public IReadOnlyList<string>? Vary
    {
        get => _vary;
        init => _vary = value is null ? null : new NameList(value);
    }

    [Description("Objectives of which a changed replica gets one, drawn anew; all must train the same networks. null leaves the objective as it is.")]
    [RegularExpression("^[a-z0-9-]+$", ErrorMessage = "names of objectives")]
    public IReadOnlyList<string>? Objectives
    {
        get => _objectives;
        init => _objectives = value is null ? null : new NameList(value);
    }

    /// <summary><see cref="Factors"/> as numbers; NaN for what is no number, which validation refuses.</summary>
    public IReadOnlyList<double> FactorValues()
        => [.. Factors.Select(static text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) ? factor : double.NaN)];
}
