using DistGan.Client.Display;

namespace DistGan.EndToEnd.Tests.Display;

public sealed class TextTableTests
{
    [Fact]
    public void Write_WordsAndNumbers_AlignsThem()
    {
        var table = new TextTable("run", "#steps", "state");
        table.Add("a", "1000", "completed");
        table.Add("longer", "5", "failed");
        using var writer = new StringWriter { NewLine = "\n" };

        table.Write(writer);

        Assert.Equal("run     steps  state\na        1000  completed\nlonger      5  failed\n", writer.ToString());
    }
}
