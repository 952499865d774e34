namespace DistGan.Grains.Interfaces.Parameters;

/// <summary>Where the replicas of a round move to.</summary>
public enum MergeRule
{
    /// <summary>The mean, weighted by samples.</summary>
    Mean,

    /// <summary>Towards a centre that follows the mean.</summary>
    Elastic,

    /// <summary>A Nesterov step of the centre towards the mean.</summary>
    Nesterov,
}
