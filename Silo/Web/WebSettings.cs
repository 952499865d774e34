using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;

namespace DistGan.Silo.Web;

/// <summary>The section <c>DistGan:Web</c>: where the API and the dashboard are, and who may do what there.</summary>
/// <param name="Endpoint">Where to listen.</param>
/// <param name="Users">Who may sign in.</param>
/// <param name="Anonymous">What those may do who have not.</param>
/// <param name="HasOrleansDashboard">Whether the dashboard of Orleans is there too; it measures every grain call.</param>
/// <param name="Certificate">What connections are encrypted with; null leaves them open.</param>
/// <param name="Studies">Absolute path of the folder whose studies are shown; null for none.</param>
public sealed record WebSettings(IPEndPoint Endpoint, IReadOnlyList<WebUser> Users, WebRole Anonymous, bool HasOrleansDashboard, WebCertificate? Certificate, string? Studies)
{
    private const string Section = "DistGan:Web";
    private const int LeastToken = 16;

    /// <summary>How addresses of the port begin.</summary>
    public string Scheme => Certificate is null ? "http" : "https";

    /// <summary>The settings; null without a port.</summary>
    /// <exception cref="DistGanException">The section is wrong.</exception>
    public static WebSettings? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (section["Port"] is not { Length: > 0 } text)
        {
            return null;
        }

        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            throw new DistGanException($"{Section}:Port is '{text}', expected a port from 1 to 65535.");
        }

        var address = section["Address"] is { Length: > 0 } given ? given : $"{IPAddress.Loopback}";
        if (!IPAddress.TryParse(address, out var parsed))
        {
            throw new DistGanException($"{Section}:Address is '{address}', expected an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all.");
        }

        WebUser[] users = [.. section.GetSection("Users").GetChildren().Select(UserOf)];
        var studies = section["Studies"] is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;
        return new(new(parsed, port), users, AnonymousRole(section["Anonymous"], parsed, users), IsOn(section["OrleansDashboard"]), CertificateOf(section), studies);
    }

    /// <summary>The user of a token; null where it is nobody's. Takes as long for a wrong token as for a right one.</summary>
    public WebUser? Find(string token)
    {
        var hash = Hash(token);
        WebUser? found = null;
        foreach (var user in Users)
        {
            found = CryptographicOperations.FixedTimeEquals(user.TokenHash, hash) ? user : found;
        }

        return found;
    }

    private static WebCertificate? CertificateOf(IConfigurationSection section) => (section["Certificate"], section["CertificateKey"]) switch
    {
        ({ Length: > 0 } path, var key) => new(path, key is { Length: > 0 } ? key : path),
        (_, { Length: > 0 }) => throw new DistGanException($"{Section}:CertificateKey is set, but {Section}:Certificate is not: name the file of the certificate too."),
        _ => null,
    };

    private static bool IsOn(string? text)
        => text is { Length: > 0 } && (bool.TryParse(text, out var isOn) ? isOn : throw new DistGanException($"{Section}:OrleansDashboard is '{text}', expected true or false."));

    private static WebUser UserOf(IConfigurationSection section)
    {
        var token = section["Token"] ?? "";
        if (token.Length < LeastToken)
        {
            throw new DistGanException($"{section.Path}:Token has {token.Length} characters, but needs at least {LeastToken}: take a random one, such as that of 'openssl rand -hex 24'.");
        }

        return new(section.Key, Hash(token), RoleOf($"{section.Path}:Role", section["Role"] ?? "viewer"));
    }

    /// <summary>Nobody but this machine reaches the loopback interface, so without users everything is allowed there.</summary>
    private static WebRole AnonymousRole(string? text, IPAddress address, WebUser[] users)
        => text is { Length: > 0 } ? RoleOf($"{Section}:Anonymous", text)
            : users.Length > 0 ? WebRole.None
            : IPAddress.IsLoopback(address) ? WebRole.Operator
            : throw new DistGanException($"{Section}:Address is {address}, where others reach it, but nobody is named who may: set {Section}:Users:NAME:Token and :Role (viewer or operator), or {Section}:Anonymous=viewer to let all look.");

    private static WebRole RoleOf(string key, string text)
        => Enum.TryParse<WebRole>(text, ignoreCase: true, out var role) && Enum.IsDefined(role) && !char.IsAsciiDigit(text[0])
            ? role
            : throw new DistGanException($"{key} is '{text}', expected none, viewer or operator.");

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
