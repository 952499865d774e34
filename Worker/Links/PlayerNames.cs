using DistGan.Recipes;
using DistGan.Training;

namespace DistGan.Worker.Links;

/// <summary>Players as they are written in grain keys and files.</summary>
internal static class PlayerNames
{
    public static IReadOnlyList<Player> All { get; } = [Player.Discriminator, Player.Generator];

    public static string Key(this Player player) => player switch
    {
        Player.Discriminator => "discriminator",
        Player.Generator => "generator",
        _ => throw new DistGanException($"There is no player {player}."),
    };

    public static Player Parse(string key) => All.FirstOrDefault(player => player.Key() == key, (Player)(-1)) is var found && Enum.IsDefined(found)
        ? found
        : throw new DistGanException($"'{key}' in a snapshot is no player; the snapshot was written by another version.");
}
