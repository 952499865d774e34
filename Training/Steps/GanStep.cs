using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps.Balance;
using DistGan.Training.Techniques;
using TorchSharp;
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
public sealed class GanStep(
    TechniqueContext context,
    IObjective objective,
    IReadOnlyList<Technique> techniques,
    IBalance balance,
    RoundMeter meter)
{
    private readonly DiscriminatorCritic _critic = new(context.Discriminator);
    private readonly bool _isLossReplaced = techniques.Any(static technique => technique.ReplacesGeneratorLoss);
    private readonly IObjective _ofGenerator = techniques.Aggregate(objective, static (current, technique) => technique.GeneratorObjective(current));
    private readonly double _realTarget = techniques.Aggregate(1.0, static (target, technique) => technique.RealTarget(target));

    /// <summary>What is played; its state belongs to the replica's snapshot.</summary>
    public IObjective Objective => objective;

    /// <summary>Does step number <paramref name="step"/> (from 1).</summary>
    /// <param name="step">The number, from which every random draw of the step follows.</param>
    /// <param name="nextReal">Gives real samples [N, …] in the current dispose scope.</param>
    public void Run(long step, Func<Tensor> nextReal)
    {
        using var scope = NewDisposeScope();
        if (objective is IJointObjective joint)
        {
            RunTogether(joint, step, nextReal);
            return;
        }

        Tensor? fake = null, real = null;
        var turn = balance.Next();
        for (var update = 0; update < turn.Discriminator; update++)
        {
            real = nextReal();
            fake = turn.Generator > 0 && update == turn.Discriminator - 1
                ? context.Generator.Train(Latents(step, update))
                : Quietly(step, update);
            UpdateDiscriminator(real, fake.detach(), step, update);
        }

        for (var update = 0; update < turn.Generator; update++)
        {
            var number = turn.Discriminator + update;
            UpdateGenerator(
                update == 0 && fake is not null ? fake : context.Generator.Train(Latents(step, number)),
                () => real ??= nextReal(),
                new(step, number, Presentation.Generator),
                isJudgedAlone: turn.Discriminator == 0);
        }

        EndStep(step);
        if (context.Recipe is { Diagnosis: true, Batch: > 1 } && !meter.Has(MetricNames.SampleDiversity) && fake is not null && real is not null)
        {
            meter.Add(MetricNames.SampleDiversity, SampleDiversity.Of(fake, real));
        }
    }

    /// <summary>n_D updates of encoder and generator, each of one loss.</summary>
    private void RunTogether(IJointObjective joint, long step, Func<Tensor> nextReal)
    {
        var (encoder, decoder) = (context.Discriminator, context.Generator);
        var turn = balance.Next();
        for (var update = 0; update < turn.Discriminator; update++)
        {
            var (real, number) = (nextReal(), update);
            encoder.Parameters.ClearGradient();
            decoder.Parameters.ClearGradient();
            var loss = joint.Loss(new JointTurn
            {
                Samples = real,
                Encoded = encoder.Train(real),
                Decode = decoder.Train,
                Noise = () => Latents(step, number),
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

    private Tensor Latents(long step, int update) => context.Latents.Draw(context.Recipe.Batch, "latents", step, update);

    private Tensor Quietly(long step, int update)
    {
        using var noGrad = no_grad();
        return context.Generator.Train(Latents(step, update));
    }

    private void UpdateDiscriminator(Tensor real, Tensor fake, long step, int update)
    {
        var model = context.Discriminator;
        IReadOnlyList<FakeGroup> shown = [new(fake, IsReplayed: false)];
        foreach (var technique in techniques)
        {
            shown = technique.Show(shown, step, update);
        }

        real = Present(real, new(step, update, Presentation.Real));
        shown = [.. shown.Select(group => group with { Samples = Present(group.Samples, new(step, update, group.IsReplayed ? Presentation.Replayed : Presentation.Fake)) })];

        model.Parameters.ClearGradient();
        var realScores = model.Train(real);
        var fakeScores = shown.Select(group => model.Train(group.Samples)).ToList();
        var turn = new DiscriminatorTurn
        {
            Step = step,
            RealScores = realScores,
            FakeScores = Join(fakeScores),
            RealSamples = real,
            FakeSamples = Join([.. shown.Select(static group => group.Samples)]),
            FreshSamples = shown.First(static group => !group.IsReplayed).Samples,
            RealTarget = _realTarget,
            Critic = _critic,
            SampleUniforms = () => context.Latents.Uniform(OnePerSample(real), "interpolation", step, update),
            ElementUniforms = () => context.Latents.Uniform(real.shape, "perturbation", step, update),
            Meter = meter,
        };
        var loss = DiscriminatorLoss(turn);
        loss.backward();
        Measure(loss, realScores, shown, fakeScores);
        Update(model, MetricNames.DiscriminatorGradientNorm);
    }

    private void UpdateGenerator(Tensor fake, Func<Tensor> real, Presentation at, bool isJudgedAlone)
    {
        var model = context.Generator;
        model.Parameters.ClearGradient();
        var judge = Judge(new() { Step = at.Step, Update = at.Update, Real = real, RealTarget = _realTarget, Present = Present, DiscriminatorLoss = DiscriminatorLoss });
        var judged = judge(Present(fake, at));
        var turn = new GeneratorTurn
        {
            FakeScores = judged.Output,
            FakeSamples = fake,
            FakeFeatures = judged.Features,
            Real = new(() => judge(Present(real(), at with { Group = Presentation.Real })), isThreadSafe: false),
        };
        var loss = Sum(techniques.Select(technique => technique.AddToLoss(turn)).Prepend(_isLossReplaced ? null : _ofGenerator.GeneratorLoss(turn)));
        loss.backward();
        Tell(MetricNames.GeneratorLoss, loss.detach());
        if (isJudgedAlone && balance.Observes && context.Recipe.Objective is { HasDecisionBoundary: true, DecisionBoundary: var boundary })
        {
            using var noGrad = no_grad();
            balance.Observe(MetricNames.FakeAccuracy, Below(judged.Output, boundary));
        }

        Update(model, MetricNames.GeneratorGradientNorm);
    }

    private Tensor DiscriminatorLoss(DiscriminatorTurn turn)
        => Sum(techniques.Select(technique => technique.AddToLoss(turn)).Prepend(objective.DiscriminatorLoss(turn)));

    /// <summary>D, or what a technique puts in its place, as it judges the samples of a generator update.</summary>
    private Func<Tensor, TappedOutput> Judge(GeneratorRound round)
        => techniques.Select(technique => technique.Judge(round)).FirstOrDefault(static judge => judge is not null)
            ?? (samples => context.Discriminator.FreezeWithFeatures(samples, Statistics.Batch));

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

        Tell(MetricNames.RealAccuracy, realScores.detach().gt(boundary).to_type(ScalarType.Float32).mean());
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

    private static Tensor Below(Tensor scores, double boundary) => scores.detach().lt(boundary).to_type(ScalarType.Float32).mean();

    private static Tensor Join(List<Tensor> parts) => parts.Count == 1 ? parts[0] : cat(parts, 0);

    private static Tensor Sum(IEnumerable<Tensor?> terms) => terms.OfType<Tensor>().Aggregate(static (sum, term) => sum + term);

    private static long[] OnePerSample(Tensor samples)
    {
        var shape = samples.shape;
        shape.AsSpan(1).Fill(1);
        return shape;
    }
}
