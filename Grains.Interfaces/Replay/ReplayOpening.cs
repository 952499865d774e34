namespace DistGan.Grains.Interfaces.Replay;

/// <summary>What opening a replay buffer did.</summary>
public enum ReplayOpening
{
    /// <summary>Nothing: it is open in this start of the job.</summary>
    Kept,

    /// <summary>It is empty and has its size.</summary>
    Emptied,

    /// <summary>Nothing: it lies on another worker than the one it belongs to, and moves there without its content. The next call finds it in its place.</summary>
    Moves,
}
