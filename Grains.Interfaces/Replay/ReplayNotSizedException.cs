using DistGan.Recipes;

namespace DistGan.Grains.Interfaces.Replay;

/// <summary>A replay buffer was used before it was reset: it is new, or its grain has moved and lost its content.</summary>
public sealed class ReplayNotSizedException : DistGanException
{
    public ReplayNotSizedException(string message)
        : base(message)
    {
    }

    public ReplayNotSizedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public ReplayNotSizedException()
    {
    }
}
