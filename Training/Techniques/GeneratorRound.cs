using DistGan.Training.Conditions;
using DistGan.Training.Objectives;
using TorchSharp;

namespace DistGan.Training.Techniques;

/// <summary>The surroundings of one generator update, for a technique that wants to know what D would make of it.</summary>
public sealed record GeneratorRound
{
    /// <summary>Number of the step, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>Update within the step, those of D counted first.</summary>
    public required int Update { get; init; }

    /// <summary>The real samples that the step showed last, as they are before <see cref="Present"/>.</summary>
    public required Func<SampleBatch> Real { get; init; }

    /// <summary>Target probability of real samples.</summary>
    public required double RealTarget { get; init; }

    /// <summary>Samples as D sees them.</summary>
    public required Func<torch.Tensor, Presentation, torch.Tensor> Present { get; init; }

    /// <summary>L_D of a turn: that of the objective, and the terms of techniques.</summary>
    public required Func<DiscriminatorTurn, torch.Tensor> DiscriminatorLoss { get; init; }
}
