using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DistGan.EndToEnd.Tests.Clusters;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.Hosting.Clustering;
using DistGan.Recipes;
using DistGan.Silo.Web;

namespace DistGan.EndToEnd.Tests.Web;

/// <summary>The port of a silo with a certificate.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class EncryptionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Silo_WithACertificate_EncryptsAndTakesARenewedOne()
    {
        var port = LoopbackPorts.Free();
        using var first = Write("first");
        using var cluster = await ClusterProcesses.StartAsync(_folder, $"DistGan:Web:Port={port}", $"DistGan:Web:Certificate={_folder.Path}/web.pem");

        await AskAsync(port, first);
        using var renewed = Write("renewed");
        await AskAsync(port, renewed);

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(port, first));
        using var open = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => open.GetAsync($"http://127.0.0.1:{port}/api/v1/session"));
    }

    [Fact]
    public void Current_AKeyOfAnotherCertificate_IsRefusedWithASentence()
    {
        Write("first").Dispose();
        File.Copy($"{_folder.Path}/web.pem", $"{_folder.Path}/other.pem");
        Write("second").Dispose();

        var exception = Assert.Throws<DistGanException>(() => new WebCertificate($"{_folder.Path}/web.pem", $"{_folder.Path}/other.pem").Current());

        Assert.Contains("web.pem' with the key", exception.Message, StringComparison.Ordinal);
        Assert.Contains("belong together", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Current_ARenewalThatIsHalfWritten_KeepsTheEarlierOne()
    {
        using var _ = Write("first");
        var certificate = new WebCertificate($"{_folder.Path}/web.pem", $"{_folder.Path}/web.pem");
        var before = certificate.Current();

        File.WriteAllText($"{_folder.Path}/web.pem", "-----BEGIN CERTIFICATE-----\n");

        Assert.Same(before, certificate.Current());
    }

    /// <summary>Writes a certificate with its key into one file; gives it without its key.</summary>
    private X509Certificate2 Write(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText($"{_folder.Path}/web.pem", $"{certificate.ExportCertificatePem()}\n{key.ExportECPrivateKeyPem()}\n");
        return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem());
    }

    /// <summary>Asks as who trusts one certificate alone.</summary>
    private static async Task AskAsync(int port, X509Certificate2 trusted)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(trusted);
        using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync($"https://127.0.0.1:{port}/api/v1/session");
        answer.EnsureSuccessStatusCode();
    }
}
