using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Estimates;
using TorchSharp;

namespace DistGan.Client.Estimates;

/// <summary>From a checked recipe to what it will take on this machine.</summary>
public static class JobEstimator
{
    /// <summary>Bytes of a process before it trains: .NET, Orleans and libtorch.</summary>
    private const double ProcessBytes = 350e6;

    /// <summary>The replay ring, its copy in a snapshot, and what is on its way.</summary>
    private const double ReplayCopies = 3;

    /// <summary>Seconds of a layer's pass that does nothing: kernels that start, tensors that are made.</summary>
    private const double PassSeconds = 60e-6;

    private const double StartSeconds = 3;
    private const double EvaluationSeconds = 1;

    /// <summary>What a report of a round adds to the run folder.</summary>
    private const double ReportBytes = 1000;

    private const double PlotBytes = 100e3;

    /// <summary>Small images are enlarged in pictures and compress to about a byte a value.</summary>
    private const double PictureScale = 4;

    /// <summary>Measures the machine and estimates the job.</summary>
    /// <param name="recipe">Valid, with threads and precision resolved.</param>
    /// <param name="data">What is known about its data set.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="done">Steps that are done already.</param>
    public static JobEstimate Estimate(Recipe recipe, DataFacts data, string device, long done = 0)
        => Estimate(recipe, data, MachineRate.Measure(torch.device(device), recipe.Precision), done);

    /// <summary>The estimate for a machine that does <paramref name="rate"/> floating-point operations in a second of training.</summary>
    public static JobEstimate Estimate(Recipe recipe, DataFacts data, double rate, long done = 0)
    {
        var shape = new SampleShape(data.Channels, data.Height, data.Width);
        var size = ReplicaSize.Of(recipe, shape, data.Classes);
        var replicas = recipe.Topology.Replicas;
        var memory = ProcessBytes + (data.Count * (double)shape.ItemBytes * replicas) + (ReplayCopies * size.ReplayBytes)
            + (replicas * (size.VectorBytes + Math.Max(size.ActivationBytes, size.EvaluationBytes)));
        return new(Seconds(recipe, size, rate, done), memory, Disk(recipe, size, shape));
    }

    private static double Seconds(Recipe recipe, ReplicaSize size, double rate, long done)
    {
        var step = (size.StepFlops / rate) + (size.StepPasses * PassSeconds);
        var crowd = Math.Max(1, recipe.Topology.Replicas * (recipe.Threads ?? 1) / (double)Environment.ProcessorCount);
        var most = recipe.Budget.Minutes * 60 ?? double.MaxValue;
        if (LastStep(recipe) is not { } last)
        {
            return most;
        }

        var left = Math.Max(0, last - done);
        var evaluations = recipe.Evaluation is { } evaluation ? (left / evaluation.EverySteps) + 1 : 0;
        return Math.Min(most, StartSeconds + crowd * ((left * step) + (evaluations * (EvaluationSeconds + (size.EvaluationFlops / rate)))));
    }

    private static double Disk(Recipe recipe, ReplicaSize size, SampleShape shape)
    {
        var last = LastStep(recipe);
        var snapshots = Math.Min(recipe.Snapshots.Keep + 2.0, ((last ?? long.MaxValue) / (double)recipe.Snapshots.EverySteps) + 1);
        var picture = shape.IsImage ? recipe.Samples.Rows * recipe.Samples.Columns * (double)shape.Elements * (shape.Height <= 32 ? PictureScale : 1) : PlotBytes;
        var steps = last ?? 0;
        return (recipe.Topology.Replicas * ((snapshots * size.SnapshotBytes) + (steps / recipe.Topology.RoundSteps * 2 * ReportBytes)))
            + (((steps / recipe.Samples.EverySteps) + 1) * picture);
    }

    private static long? LastStep(Recipe recipe)
    {
        // Of a balance that decides while it trains, the usual step is the best guess.
        return new BudgetRule(recipe.Budget).LastStep((long)recipe.Batch * recipe.Balance.Usual.Discriminator);
    }
}
