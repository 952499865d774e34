namespace DistGan.Grains.Interfaces.Replay;

/// <summary>Which of the stored images a draw takes.</summary>
public enum ReplaySelection
{
    /// <summary>Each with the same probability.</summary>
    Uniform,

    /// <summary>Newer ones rather: the probability halves with each half-life of age.</summary>
    Recency,

    /// <summary>In the order in which they were stored, and from the oldest again once all were drawn.</summary>
    Fifo,
}
