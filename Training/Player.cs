namespace DistGan.Training;

/// <summary>The two players of the game.</summary>
public enum Player
{
    Discriminator,
    Generator,
}
