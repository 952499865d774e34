using System.Net;
using DistGan.Recipes;
using DistGan.Silo.Web;
using Microsoft.Extensions.Configuration;

namespace DistGan.EndToEnd.Tests.Web;

public sealed class WebSettingsTests
{
    private const string Long = "0123456789abcdef";

    [Fact]
    public void Read_NoPort_IsNone() => Assert.Null(Read(("Address", "0.0.0.0")));

    [Fact]
    public void Read_PortAlone_IsThisMachineWithoutSigningIn()
    {
        var settings = Read(("Port", "8080"))!;

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 8080), settings.Endpoint);
        Assert.Equal(WebRole.Operator, settings.Anonymous);
        Assert.Null(settings.Find(Long));
    }

    [Fact]
    public void Find_UsersWithRoles_KnowsEachByHisTokenAndNobodyElse()
    {
        var settings = Read(("Port", "8080"), ("Address", "0.0.0.0"), ("Users:ann:Token", Long + "a"), ("Users:ann:Role", "Operator"), ("Users:bob:Token", Long + "b"))!;

        Assert.Equal(("ann", WebRole.Operator), (settings.Find(Long + "a")!.Name, settings.Find(Long + "a")!.Role));
        Assert.Equal(("bob", WebRole.Viewer), (settings.Find(Long + "b")!.Name, settings.Find(Long + "b")!.Role));
        Assert.Null(settings.Find(""));
        Assert.Null(settings.Find(Long));
        Assert.Equal(WebRole.None, settings.Anonymous);
    }

    [Fact]
    public void Read_Studies_IsAFullPathOrNone()
    {
        Assert.Equal(Path.GetFullPath("studies"), Read(("Port", "8080"), ("Studies", "studies"))!.Studies);
        Assert.Null(Read(("Port", "8080"))!.Studies);
    }

    [Theory]
    [InlineData("Port", "0", "DistGan:Web:Port is '0'")]
    [InlineData("Port", "x", "DistGan:Web:Port is 'x'")]
    [InlineData("Address", "here", "DistGan:Web:Address is 'here'")]
    [InlineData("Address", "0.0.0.0", "nobody is named who may")]
    [InlineData("Anonymous", "admin", "expected none, viewer or operator")]
    [InlineData("Anonymous", "2", "expected none, viewer or operator")]
    [InlineData("CertificateKey", "web.key", "DistGan:Web:Certificate is not")]
    [InlineData("OrleansDashboard", "yes", "expected true or false")]
    [InlineData("Users:ann:Token", "short", "needs at least 16")]
    public void Read_WrongSection_SaysWhatIsExpected(string key, string value, string sentence)
        => Assert.Contains(sentence, Assert.Throws<DistGanException>(() => Read(("Port", "8080"), (key, value))).Message, StringComparison.Ordinal);

    private static WebSettings? Read(params (string Key, string Value)[] section)
    {
        var values = section.ToLookup(static pair => pair.Key).ToDictionary(static pair => $"DistGan:Web:{pair.Key}", static pair => (string?)pair.Last().Value);
        return WebSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }
}
