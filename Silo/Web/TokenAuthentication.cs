using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DistGan.Silo.Web;

/// <summary>Knows people by a token: in the header <c>Authorization: Bearer TOKEN</c>, or in the cookie that signing in leaves. Keeps nothing, so every silo knows them.</summary>
internal sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, WebSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "token";
    public const string Cookie = "distgan-token";

    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = TokenOf(Request);
        if (token is null)
        {
            return Task.FromResult(settings.Anonymous == WebRole.None ? AuthenticateResult.NoResult() : Success(null, settings.Anonymous));
        }

        return Task.FromResult(settings.Find(token) is { } user ? Success(user.Name, user.Role) : AuthenticateResult.Fail("The token is nobody's."));
    }

    private AuthenticateResult Success(string? name, WebRole role)
    {
        List<Claim> claims = [new(ClaimTypes.Role, $"{role}")];
        if (name is not null)
        {
            claims.Add(new(ClaimTypes.Name, name));
        }

        return AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), Scheme.Name));
    }

    private static string? TokenOf(HttpRequest request)
        => request.Headers.Authorization.ToString() is { Length: > 0 } header
            ? header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : ""
            : request.Cookies[Cookie];
}
