using System.Net;
using Microsoft.AspNetCore.Http;

namespace DistGan.Silo.Web;

/// <summary>
/// Refuses what a page of another site makes a browser send: changes that do not come from this site's pages or from a program, and hosts that are none of this machine's
/// where a browser on it is trusted without a token.
/// </summary>
internal sealed class SameOrigin(WebSettings settings)
{
    /// <summary>Why a request is refused; null where it is not.</summary>
    public string? WhyNot(HttpRequest request)
    {
        if (settings.Users.Count == 0 && IPAddress.IsLoopback(settings.Endpoint.Address) && request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
        {
            return $"The host '{request.Host.Host}' is not this machine: ask {settings.Scheme}://127.0.0.1:{settings.Endpoint.Port}.";
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return null;
        }

        // Browsers always say where a request comes from, programs never do.
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none" && IsOwn(request)
            ? null
            : "This comes from a page of another site.";
    }

    private static bool IsOwn(HttpRequest request)
        => request.Headers.Origin.ToString() is not { Length: > 0 } origin || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
