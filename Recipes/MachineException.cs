namespace DistGan.Recipes;

/// <summary>A failure for a reason of this machine and not of the recipe: its disk, its rights, its files, its devices. Another machine may do the same without it.</summary>
public class MachineException : DistGanException
{
    public MachineException(string message)
        : base(message)
    {
    }

    public MachineException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public MachineException()
    {
    }

    /// <summary>Whether a path of the recipe is not here.</summary>
    public bool IsOfPath { get; init; }
}
