namespace DistGan.Training.Links;

/// <summary>Where a replica hears what the balance of the whole job has decided.</summary>
public interface IBalanceSource
{
    /// <summary>The newest decision, the state of a rule of the recipe's kind; null before the first. Never waits.</summary>
    IReadOnlyList<double>? Newest { get; }
}
