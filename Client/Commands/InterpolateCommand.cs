using System.CommandLine;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Outputs;

namespace DistGan.Client.Commands;

/// <summary><c>interpolate RUN_DIR</c>: a walk through latent space, or what single numbers of it do.</summary>
public static class InterpolateCommand
{
    public static CommandEntry Create(CommandConsole console)
    {
        var options = new InterpolateOptions();
        var command = new Command("interpolate", "Walks through latent space from seed to seed or from label to label, or varies single numbers of it: an animation, or a strip of pictures.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = await RunOrJob.FolderAsync(console, parsed, options.Asked(parsed), JobParts.Snapshots, cancellationToken);
            return await new InterpolateFlow(console, options.Read(parsed, folder)).RunAsync(cancellationToken);
        });
        return new(command,
        [
            new("distgan interpolate runs/fashion --from-seed 1 --to-seed 2 --out walk.gif", "from one sample to another"),
            new("distgan interpolate runs/fashion --seeds 1,2,3,4 --loop --frames 120 --rows 4 --columns 4 --out walk.png", "sixteen walks that go round, as animated PNG"),
            new("distgan interpolate runs/fashion --seeds 1,2 --strip --rows 5 --out strip.png", "five walks as rows of a still picture"),
            new("distgan interpolate runs/fashion --label sandal,boot --out shoes.gif", "one sample, whose label fades from one to the other"),
            new("distgan interpolate runs/fashion --vary z1..z8 --from -3 --to 3 --out numbers.png", "a still: a row for each number, a column for each value"),
            new("distgan interpolate runs/infogan --vary y,c1,c2 --seeds 7 --out codes.png", "what the codes of InfoGAN mean: a row for each"),
        ]);
    }
}
