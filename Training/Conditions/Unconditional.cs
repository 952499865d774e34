namespace DistGan.Training.Conditions;

/// <summary>No labels and no codes: D is what its network is.</summary>
public sealed class Unconditional : Conditioning
{
    public override string Name => "none";
}
