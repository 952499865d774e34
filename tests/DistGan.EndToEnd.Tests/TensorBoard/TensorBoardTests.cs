using System.Text;
using DistGan.Client.Display;
using DistGan.Client.TensorBoard;
using DistGan.EndToEnd.Tests.Display;
using DistGan.EndToEnd.Tests.Outputs;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.TensorBoard;

[Collection(TrainedRunsCollection.Name)]
public sealed class TensorBoardTests(TrainedRuns runs)
{
    [Fact]
    public void Checksum_OfTheReader_IsThatOfTheStandard()
        => Assert.Equal(0xE3069283u, Records.Checksum("123456789"u8));

    [Fact]
    public void Train_WithTensorBoard_WritesEveryReportAndPicture()
    {
        var records = Records.Read(Assert.Single(Directory.GetFiles(runs.Folder[$"{TrainedRuns.Ring}/tensorboard"]))).Select(Records.Fields).ToList();

        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString(records[0][3].Single()));
        var values = records.SelectMany(static record => record[5].SelectMany(static summary => Records.Fields(summary)[1]).Select(value => (Step: Whole(record[2]), Value: Records.Fields(value)))).ToList();
        var losses = values.Where(static value => Tag(value.Value) == MetricNames.DiscriminatorLoss).ToList();
        Assert.Equal([10L, 20, 30, 40, 50, 60], losses.Select(static loss => loss.Step));
        Assert.All(losses, static loss => Assert.InRange(BitConverter.ToSingle(loss.Value[2].Single()), 0.01f, 10));
        Assert.Contains(values, static value => Tag(value.Value) == MetricNames.Modes && value.Step == 60);
        var pictures = values.Where(static value => Tag(value.Value) == "samples").ToList();
        Assert.Equal([30L, 60], pictures.Select(static picture => picture.Step));
        var image = Records.Fields(pictures[1].Value[4].Single());
        Assert.Equal((400L, 400L, 3L), (Whole(image[1]), Whole(image[2]), Whole(image[3])));
        Assert.Equal(File.ReadAllBytes(runs.Folder[$"{TrainedRuns.Ring}/samples/step-00000060.png"]), image[4].Single());
    }

    [Fact]
    public async Task Show_FolderThatCannotBeWritten_SaysSoOnceAndShowsOn()
    {
        using var folder = new TempFolder();
        folder.Write("tensorboard", "a file in the way");
        var writer = new StringWriter();
        await using var display = new TensorBoardDisplay(new PlainDisplay(writer, Progresses.Facts), Progresses.Facts, folder.Path, TimeProvider.System);

        display.Show(Progresses.Of(JobState.Running, 1, null, Progresses.Report(50, 5, (MetricNames.DiscriminatorLoss, 1.25))));
        display.Show(Progresses.Of(JobState.Running, 2, null, Progresses.Report(60, 6, (MetricNames.DiscriminatorLoss, 1.25))));

        Assert.Equal(2, writer.ToString().Split("warning: TensorBoard").Length);
        Assert.Contains("step 60/100", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_SecondTraining_SaysFromWhichStepItCounts()
    {
        using var folder = new TempFolder();
        await using (var display = new TensorBoardDisplay(new QuietDisplay(TextWriter.Null), Progresses.Facts, folder.Path, TimeProvider.System))
        {
            display.Show(Progresses.Of(JobState.Running, 1, null, Progresses.Report(300, 5, (MetricNames.DiscriminatorLoss, 1.25))));
        }

        var start = Records.Fields(Records.Read(Assert.Single(Directory.GetFiles(folder["tensorboard"])))[1]);

        Assert.Equal(300, Whole(start[2]));
        Assert.Equal(1, Whole(Records.Fields(start[7].Single())[1]));
    }

    private static string Tag(ILookup<int, byte[]> value) => Encoding.UTF8.GetString(value[1].Single());

    private static long Whole(IEnumerable<byte[]> field) => BitConverter.ToInt64(field.Single());
}
