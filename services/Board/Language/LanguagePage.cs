using EarlyWarning.ServiceDefaults.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace EarlyWarning.Board.Language;

/// <summary>Which language a page speaks: the browser's, until its reader chooses one.</summary>
internal static class LanguagePage
{
    /// <summary>The path that keeps a choice, and leads back to the page from which it was made.</summary>
    public const string Path = "/language/{code}";

    /// <summary>The address that chooses a language.</summary>
    public static string AddressOf(Locale locale, string back) => $"/language/{locale.Code}?to={Uri.EscapeDataString(back)}";

    public static void MapLanguage(this IEndpointRouteBuilder app) => app.MapGet(Path, Choose).AllowAnonymous();

    /// <summary>Has a page, and the socket that keeps it live, speak the language of whoever looks.</summary>
    public static async Task SpeakAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<BrowserPage>() is not null)
        {
            Locale.Current = Locale.Of(context.Request);
        }

        await next(context);
    }

    private static RedirectHttpResult Choose(string code, string? to, HttpResponse response)
    {
        Locale.All.FirstOrDefault(one => one.Code == code)?.Choose(response);
        return TypedResults.Redirect(RedirectHttpResult.IsLocalUrl(to) ? to : "/");
    }
}
