using DistGan.Recipes;
using DistGan.Training.Snapshots;

namespace DistGan.Worker.Champions;

/// <summary>The modes that a generator won.</summary>
/// <param name="Won">Quality by mode.</param>
/// <param name="Weights">The generator that is shown and scored: the averaged one where there is one; empty where nothing was won.</param>
public sealed record Challenge(IReadOnlyDictionary<int, ModeQuality> Won, IReadOnlyList<NamedArray> Weights)
{
    /// <summary>Nothing was won, or there are no champions.</summary>
    public static Challenge Lost { get; } = new(new Dictionary<int, ModeQuality>(), []);
}
