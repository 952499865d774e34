using DistGan.Recipes;
using DistGan.Training.Conditions;
using DistGan.Training.Techniques;
using DistGan.Training.Techniques.Discriminators;
using DistGan.Training.Vectors;

namespace DistGan.Training.Steps;

/// <summary>A step where the generator plays against discriminators of several replicas (topology multi-discriminator).</summary>
public sealed partial class GanStep
{
    private void RunApart(ManyDiscriminators many, long step, Func<SampleBatch> nextReal)
    {
        if (many.HasGenerator)
        {
            RunGenerator(many, step, nextReal);
        }
        else
        {
            RunDiscriminator(many, step, nextReal);
        }
    }

    /// <summary>The plain step of replica 0, whose update of G follows the gradients of all.</summary>
    private void RunGenerator(ManyDiscriminators many, long step, Func<SampleBatch> nextReal)
    {
        // G does not change before its update, so all samples of the step can be made first: the others work while D of this replica learns.
        var updates = balance.Next().Discriminator;
        var shown = new List<(SampleBatch Real, SampleBatch Fake)>();
        for (var update = 0; update < updates; update++)
        {
            var given = nextReal();
            shown.Add((given, update == updates - 1 ? Generate(step, update, given.Codes) : Quietly(step, update, given.Codes)));
        }

        var (real, fake) = shown[^1];
        SampleBatch[] batches = [fake, .. Enumerable.Range(1, context.Recipe.Topology.GeneratedBatches() - 1).Select(batch => Generate(step, updates + batch, codes: null))];
        many.Send(step, batches);
        for (var update = 0; update < updates; update++)
        {
            UpdateDiscriminator(shown[update].Real, shown[update].Fake.Detach(), step, update);
        }

        UpdateGenerator(fake, () => real, new(step, updates, Presentation.Generator), isJudgedAlone: false, loss => many.Join(loss, batches));
        EndStep(step);
        MeasureDiversity(fake, real);
    }

    /// <summary>n_D updates of D on samples of a generator elsewhere, and what its loss says of them.</summary>
    private void RunDiscriminator(ManyDiscriminators many, long step, Func<SampleBatch> nextReal)
    {
        var (judged, learnt) = many.Open();
        var updates = balance.Next().Discriminator;
        SampleBatch? real = null;
        for (var update = 0; update < updates; update++)
        {
            var given = nextReal();
            real = given;
            UpdateDiscriminator(given, learnt, step, update);
        }

        var x = judged.Samples.requires_grad_(true);
        var (loss, _) = GeneratorLoss(judged with { Samples = x }, () => real ??= nextReal(), new(step, updates, Presentation.Generator));
        many.Answer(Gradients.Of(loss, x, createGraph: false));
        Tell(MetricNames.GeneratorLoss, loss.detach());
        EndStep(step);
        MeasureDiversity(judged.Detach(), real);
    }
}
