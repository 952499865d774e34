using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DistGan.Recipes;

namespace DistGan.Silo.Web;

/// <summary>The certificate of the port: a PEM file with the chain, the own certificate first, and one with its key. A renewed file is taken without a restart.</summary>
/// <param name="path">The certificates.</param>
/// <param name="keyPath">The key; may be the same file.</param>
public sealed class WebCertificate(string path, string keyPath)
{
    private readonly Lock _lock = new();
    private SslServerAuthenticationOptions? _options;
    private DateTime _written;

    /// <summary>What a new connection is made with. Where a changed file cannot be read, as in the middle of a renewal, the earlier certificate stays.</summary>
    /// <exception cref="DistGanException">The files cannot be read, or do not belong together.</exception>
    public SslServerAuthenticationOptions Current()
    {
        lock (_lock)
        {
            var written = Written();
            if (_options is null || written != _written)
            {
                try
                {
                    _options = Load();
                    _written = written;
                }
                catch (DistGanException) when (_options is not null)
                {
                    // Asked again by the next connection.
                }
            }

            return _options;
        }
    }

    private DateTime Written() => new[] { File.GetLastWriteTimeUtc(path), File.GetLastWriteTimeUtc(keyPath) }.Max();

    private SslServerAuthenticationOptions Load()
    {
        try
        {
            var own = X509Certificate2.CreateFromPemFile(path, keyPath);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(path);
            return new() { ServerCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true) };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new DistGanException(
                $"The certificate '{path}' with the key '{keyPath}' cannot be used: {exception.Message.TrimEnd('.')}. DistGan:Web:Certificate and :CertificateKey are files in PEM, readable by this user, and belong together.", exception);
        }
    }
}
