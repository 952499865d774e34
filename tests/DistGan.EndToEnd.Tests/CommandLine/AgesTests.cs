using DistGan.Client.CommandLine;

namespace DistGan.EndToEnd.Tests.CommandLine;

public sealed class AgesTests
{
    [Theory]
    [InlineData("30m", 0.5)]
    [InlineData("12h", 12)]
    [InlineData("7d", 168)]
    [InlineData("2w", 336)]
    public void Parse_ANumberAndAUnit_IsThatTime(string text, double hours) => Assert.Equal(TimeSpan.FromHours(hours), Ages.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("7")]
    [InlineData("-7d")]
    [InlineData("1.5d")]
    [InlineData("7y")]
    [InlineData("99999999999d")]
    public void Parse_AnythingElse_IsNothing(string text) => Assert.Null(Ages.Parse(text));

    [Theory]
    [InlineData(45, "45s")]
    [InlineData(-3, "0s")]
    [InlineData(600, "10m")]
    [InlineData(7300, "2h")]
    [InlineData(200_000, "2d")]
    public void Write_AnAge_IsInItsGreatestUnit(int seconds, string text) => Assert.Equal(text, Ages.Write(TimeSpan.FromSeconds(seconds)));
}
