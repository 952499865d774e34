using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;

namespace DistGan.Client.Commands;

/// <summary><c>train</c>: runs a job to its end in this process.</summary>
public static class TrainCommand
{
    public static CommandEntry Create(CommandConsole console)
    {
        var options = new TrainOptions();
        var command = new Command("train", "Trains in this process, with a live display, to the end of the budget. Without arguments: the preset 'fashion'.");
        options.AddTo(command);
        command.SetAction((parsed, _) => TrainStart.RunAsync(console.With(parsed), options.Read(parsed)));
        return new(command,
        [
            new("distgan train", "learns to draw clothes, in a few minutes on two cores"),
            new("distgan train my.yaml --set batch=128 --seed 7", "a recipe of your own, with changes"),
            new("distgan train --preset ring --steps 500", "another preset, shorter"),
            new("distgan train --replicas 2", "two pairs that replay each other's images"),
            new("distgan train --replicas 4 --set topology.kind=averaging", "four that also merge their parameters"),
            new("distgan train --preset ring --replicas 3 --set topology.kind=multi-discriminator", "one generator against a discriminator in each of three"),
            new("distgan train --resume runs/fashion", "goes on from the newest snapshot"),
            new("distgan train --resume runs/fashion --steps 6000", "goes on with a larger budget"),
            new("distgan train --from runs/fashion --set generator.optimizer.rate=5e-5", "a new run that begins with the weights of another"),
            new("distgan train --web", "the dashboard at http://127.0.0.1:8080 while it trains"),
            new("distgan train --preset ring --tensorboard", "curves and pictures for TensorBoard in runs/ring/tensorboard"),
            new("distgan train -o json > summary.json", "progress on standard error, the summary as JSON on standard output"),
        ]);
    }
}
