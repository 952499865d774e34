using DistGan.Recipes;

namespace DistGan.Training.Techniques;

/// <summary>
/// Keeps the best generator of each mode. It changes no loss, no network and no update, so it has no hook and no state here: a
/// challenge (<see cref="Champions.ChampionChallenge"/>) is held at evaluations, and champions lie in the run folder.
/// </summary>
/// <param name="recipe">How a mode is judged.</param>
public sealed class ModeChampions(ModeChampionsRecipe recipe) : Technique
{
    public override string Name => "mode-champions";

    /// <summary>How a mode is judged.</summary>
    public ModeChampionsRecipe Recipe => recipe;
}
