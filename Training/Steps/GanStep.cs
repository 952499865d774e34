using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Conditions;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps.Balance;
using DistGan.Training.Techniques.Discriminators;
using DistGan.Training.Techniques;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>
/// One step of the schedule: n_D discriminator updates, then n_G generator updates, as the balance says; n_D updates of both, where there is no game. The only place where objective, techniques,
/// optimisers and balance meet.
/// </summary>
/// <remarks>
/// The samples of the last discriminator update keep their graph and serve the first generator update, as the generator has not
/// changed in between; every other update draws its own latents. A player that is left out still ends the step.
/// </remarks>
public sealed partial class GanStep(
    TechniqueContext context,
    IObjective objective,
    IReadOnlyList<Technique> techniques,
    IBalance balance,
    RoundMeter meter)
{
    private readonly DiscriminatorCritic _critic = new(context.Discriminator, context.Conditioning);
    private readonly bool _isLossReplaced = techniques.Any(static technique => technique.ReplacesGeneratorLoss);
    private readonly IObjective _ofGenerator = techniques.Aggregate(objective, static (current, technique) => technique.GeneratorObjective(current));
    private readonly ManyDiscriminators? _many = techniques.OfType<ManyDiscriminators>().FirstOrDefault();
    private readonly double _realTarget = techniques.Aggregate(1.0, static (target, technique) => technique.RealTarget(target));

    /// <summary>What is played; its state belongs to the replica's snapshot.</summary>
    public IObjective Objective => objective;

    /// <summary>Whether there is a step to do: always, except where the replica has only a discriminator and no version of the generator has come in a short wait.</summary>
    public bool Prepare() => _many is null || _many.Prepare();

    /// <summary>Whether there will be no step to do any more, because the replica has only a discriminator and the generator's replica has ended.</summary>
    public bool IsOver => _many is { IsOver: true };

    /// <summary>Does step number <paramref name="step"/> (from 1).</summary>
    /// <param name="step">The number, from which every random draw of the step follows.</param>
    /// <param name="nextReal">Gives real samples [N, …] with their labels in the current dispose scope.</param>
    public void Run(long step, Func<SampleBatch> nextReal)
    {
        using var scope = NewDisposeScope();
        if (objective is IJointObjective joint)
        {
            RunTogether(joint, step, nextReal);
        }
        else if (_many is not null)
        {
            RunApart(_many, step, nextReal);
        }
        else
        {
            RunAgainst(step, nextReal);
        }
    }

    /// <summary>n_D updates of D, then n_G of G.</summary>
    private void RunAgainst(long step, Func<SampleBatch> nextReal)
    {
        SampleBatch? fake = null, real = null;
        var turn = balance.Next();
        for (var update = 0; update < turn.Discriminator; update++)
        {
            // Generated samples have the labels of the real ones that they are shown with, so that the two differ in nothing else.
            var shown = nextReal();
            real = shown;
            fake = turn.Generator > 0 && update == turn.Discriminator - 1
                ? Generate(step, update, shown.Codes)
                : Quietly(step, update, shown.Codes);
            UpdateDiscriminator(shown, fake.Value.Detach(), step, update);
        }

        for (var update = 0; update < turn.Generator; update++)
        {
            var number = turn.Discriminator + update;
            UpdateGenerator(
                update == 0 && fake is { } last ? last : Generate(step, number, codes: null),
                () => real ??= nextReal(),
                new(step, number, Presentation.Generator),
                isJudgedAlone: turn.Discriminator == 0);
        }

        EndStep(step);
        MeasureDiversity(fake, real);
    }

    private void MeasureDiversity(SampleBatch? fake, SampleBatch? real)
    {
        if (context.Recipe is { Diagnosis: true, Batch: > 1 } && !meter.Has(MetricNames.SampleDiversity) && fake is { } made && real is { } given)
        {
            meter.Add(MetricNames.SampleDiversity, SampleDiversity.Of(made.Samples, given.Samples));
        }
    }

    /// <summary>n_D updates of encoder and generator, each of one loss.</summary>
    private void RunTogether(IJointObjective joint, long step, Func<SampleBatch> nextReal)
    {
        var (encoder, decoder) = (context.Discriminator, context.Generator);
        var turn = balance.Next();
        for (var update = 0; update < turn.Discriminator; update++)
        {
            var ((real, codes), number) = (nextReal(), update);
            encoder.Parameters.ClearGradient();
            decoder.Parameters.ClearGradient();
            var loss = joint.Loss(new JointTurn
            {
                Samples = real,
                Encoded = encoder.Train(Conditioning.Join(real, codes)),
                Decode = z => decoder.Train(codes is null ? z : cat([z, codes], 1)),
                Noise = () => context.Latents.Noise(context.Recipe.Batch, "latents", step, number),
                Meter = meter,
            });
            loss.backward();
            meter.Add(MetricNames.DiscriminatorLoss, loss.detach());
            meter.Add(MetricNames.GeneratorLoss, loss.detach());
            Update(encoder, MetricNames.DiscriminatorGradientNorm);
            Update(decoder, MetricNames.GeneratorGradientNorm);
        }

        EndStep(step);
    }

    private void EndStep(long step)
    {
        balance.EndStep(step);
        foreach (var technique in techniques)
        {
            technique.AfterStep(step);
        }
    }

    private Conditioning Conditioning => context.Conditioning;

    /// <summary>Samples of G with codes that are given, or drawn where they are null, in the graph of G.</summary>
    private SampleBatch Generate(long step, int update, Tensor? codes)
    {
        var latents = context.Latents.DrawWith(codes, context.Recipe.Batch, "latents", step, update);
        return new(context.Generator.Train(latents), context.Latents.CodesOf(latents));
    }

    private SampleBatch Quietly(long step, int update, Tensor? codes)
    {
        using var noGrad = no_grad();
        return Generate(step, update, codes);
    }

    private void UpdateDiscriminator(SampleBatch given, SampleBatch fake, long step, int update)
    {
        var model = context.Discriminator;
        var real = Present(given.Samples, new(step, update, Presentation.Real));
        var shown = Show(fake, step, update);
        model.Parameters.ClearGradient();
        var realOutput = model.Train(Conditioning.Join(real, given.Codes));
        var outputs = shown.Select(group => model.Train(Conditioning.Join(group.Samples, group.Codes))).ToList();
        var realScores = Conditioning.Score(realOutput, given.Codes);
        var fakeScores = shown.Zip(outputs, (group, output) => Conditioning.Score(output, group.Codes)).ToList();
        var fresh = shown.FindIndex(static group => !group.IsReplayed);
        var turn = new DiscriminatorTurn
        {
            Step = step,
            RealScores = realScores,
            FakeScores = FakeGroup.Join(fakeScores),
            RealSamples = real,
            FakeSamples = FakeGroup.Join([.. shown.Select(static group => group.Samples)]),
            FreshSamples = shown[fresh].Samples,
            RealCodes = given.Codes,
            FreshCodes = shown[fresh].Codes,
            RealOutput = realOutput,
            FreshOutput = outputs[fresh],
            RealTarget = _realTarget,
            Critic = _critic,
            SampleUniforms = () => context.Latents.Uniform(OnePerSample(real), "interpolation", step, update),
            ElementUniforms = () => context.Latents.Uniform(real.shape, "perturbation", step, update),
            Meter = meter,
        };
        var loss = DiscriminatorLoss(objective, turn);
        loss.backward();
        Measure(loss, realScores, shown, fakeScores);
        Update(model, MetricNames.DiscriminatorGradientNorm);
    }

    /// <summary>The generated samples of an update of D, as it sees them.</summary>
    private List<FakeGroup> Show(SampleBatch fake, long step, int update)
    {
        IReadOnlyList<FakeGroup> shown = [new(fake.Samples, IsReplayed: false) { Codes = fake.Codes }];
        foreach (var technique in techniques)
        {
            shown = technique.Show(shown, step, update);
        }

        return [.. shown.Select(group => group.Presented(Present, step, update))];
    }

    private void UpdateGenerator(SampleBatch fake, Func<SampleBatch> real, Presentation at, bool isJudgedAlone, Func<Tensor, Tensor>? join = null)
    {
        var model = context.Generator;
        model.Parameters.ClearGradient();
        var (loss, scores) = GeneratorLoss(fake, real, at);
        (join is null ? loss : join(loss)).backward();
        Tell(MetricNames.GeneratorLoss, loss.detach());
        if (isJudgedAlone && balance.Observes && context.Recipe.Objective is { HasDecisionBoundary: true, DecisionBoundary: var boundary })
        {
            using var noGrad = no_grad();
            balance.Observe(MetricNames.FakeAccuracy, Below(scores, boundary));
        }

        Update(model, MetricNames.GeneratorGradientNorm);
    }

    /// <summary>L_G of samples that D, or what stands in its place, judges, in their graph; and their scores.</summary>
    private (Tensor Loss, Tensor Scores) GeneratorLoss(SampleBatch fake, Func<SampleBatch> real, Presentation at)
    {
        var judge = Judge(Round(at, real));
        var judged = judge(fake with { Samples = Present(fake.Samples, at) });
        var scores = Conditioning.Score(judged.Output, fake.Codes);
        var turn = new GeneratorTurn
        {
            FakeScores = scores,
            FakeSamples = fake.Samples,
            FakeFeatures = judged.Features,
            FakeCodes = fake.Codes,
            FakeOutput = judged.Output,
            Real = new(() => JudgeReal(judge, real(), at), isThreadSafe: false),
        };
        var loss = Sum(techniques.Select(technique => technique.AddToLoss(turn)).Prepend(Conditioning.AddToLoss(turn)).Prepend(_isLossReplaced ? null : _ofGenerator.GeneratorLoss(turn)));
        return (loss, scores);
    }

    private Tensor DiscriminatorLoss(IObjective played, DiscriminatorTurn turn)
        => Sum(techniques.Select(technique => technique.AddToLoss(turn)).Prepend(Conditioning.AddToLoss(turn)).Prepend(played.DiscriminatorLoss(turn)));

    private GeneratorRound Round(Presentation at, Func<SampleBatch> real)
    {
        var ahead = objective.LookAhead();
        return new()
        {
            Step = at.Step,
            Update = at.Update,
            Real = real,
            RealTarget = _realTarget,
            Present = Present,
            Show = (fresh, update, before) => techniques.Aggregate((IReadOnlyList<FakeGroup>)[fresh], (shown, technique) => technique.ShowAhead(shown, at.Step, update, before)),
            DiscriminatorLoss = turn => DiscriminatorLoss(ahead, turn),
            Gradient = (theta, gradient) => techniques.Aggregate(gradient, (sum, technique) => technique.GradientAhead(context.Discriminator, theta, sum)),
            AfterUpdate = ahead.AfterUpdateAhead,
        };
    }

    /// <summary>Scores and features of real samples.</summary>
    private TappedOutput JudgeReal(Func<SampleBatch, TappedOutput> judge, SampleBatch real, Presentation at)
    {
        var judged = judge(real with { Samples = Present(real.Samples, at with { Group = Presentation.Real }) });
        return judged with { Output = Conditioning.Score(judged.Output, real.Codes) };
    }

    /// <summary>D, or what a technique puts in its place, as it judges the samples of a generator update.</summary>
    private Func<SampleBatch, TappedOutput> Judge(GeneratorRound round)
        => techniques.Select(technique => technique.Judge(round)).FirstOrDefault(static judge => judge is not null)
            ?? (batch => context.Discriminator.FreezeWithFeatures(Conditioning.Join(batch.Samples, batch.Codes), Statistics.Batch));

    /// <summary>Samples as D sees them.</summary>
    private Tensor Present(Tensor samples, Presentation at)
    {
        foreach (var technique in techniques)
        {
            samples = technique.Present(samples, at);
        }

        return samples;
    }

    private void Update(PlayerModel model, string normName)
    {
        using var noGrad = no_grad();
        model.Parameters.CollectGradient();
        foreach (var technique in techniques)
        {
            technique.AddToGradient(model);
        }

        meter.Add(normName, model.Parameters.Gradient.norm());
        model.Optimizer.Update(model.Parameters);
        objective.AfterUpdate(model);
        foreach (var technique in techniques)
        {
            technique.AfterUpdate(model);
        }
    }

    private void Measure(Tensor loss, Tensor realScores, IReadOnlyList<FakeGroup> shown, List<Tensor> fakeScores)
    {
        using var noGrad = no_grad();
        Tell(MetricNames.DiscriminatorLoss, loss.detach());
        meter.Add(MetricNames.RealScore, realScores.detach().mean());
        meter.Add(MetricNames.FakeScore, fakeScores[0].detach().mean());
        if (context.Recipe.Objective is not { HasDecisionBoundary: true, DecisionBoundary: var boundary })
        {
            return;
        }

        Tell(MetricNames.RealAccuracy, realScores.detach().gt(Of(boundary)).to_type(ScalarType.Float32).mean());
        for (var i = 0; i < shown.Count; i++)
        {
            Tell(shown[i].IsReplayed ? MetricNames.ReplayedAccuracy : MetricNames.FakeAccuracy, Below(fakeScores[i], boundary));
        }
    }

    /// <summary>Tells the report and the balance.</summary>
    private void Tell(string name, Tensor value)
    {
        meter.Add(name, value);
        balance.Observe(name, value);
    }

    private static Tensor Below(Tensor scores, double boundary) => scores.detach().lt(Of(boundary)).to_type(ScalarType.Float32).mean();

    private static Tensor Sum(IEnumerable<Tensor?> terms) => terms.OfType<Tensor>().Aggregate(static (sum, term) => sum.Plus(term));

    private static long[] OnePerSample(Tensor samples)
    {
        var shape = samples.shape;
        shape.AsSpan(1).Fill(1);
        return shape;
    }
}
