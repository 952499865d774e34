using DistGan.Training.Champions;
using DistGan.Worker.Champions;

namespace DistGan.Client.Champions;

/// <summary>A champion in an evaluation of the set.</summary>
/// <param name="Champion">Which.</param>
/// <param name="Part">What it gave to the first draw; null where the distribution leaves its mode out.</param>
/// <param name="Alone">Scores of one draw of this generator alone, all modes, nothing rejected.</param>
public sealed record ChampionScores(Champion Champion, MixturePart? Part, IReadOnlyDictionary<string, double> Alone);
