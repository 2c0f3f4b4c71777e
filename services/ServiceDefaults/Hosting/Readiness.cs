using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.ServiceDefaults.Hosting;

/// <summary>Writes the answer of <c>/readyz</c>: a line for each check, so that whoever asks sees what is missing.</summary>
internal static class Readiness
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var lines = report.Entries.Select(entry =>
            $"{entry.Key}: {entry.Value.Status.ToString().ToLowerInvariant()}{(entry.Value.Description is { } text ? $" ({text})" : "")}\n");
        return context.Response.WriteAsync($"{report.Status.ToString().ToLowerInvariant()}\n{string.Concat(lines)}", context.RequestAborted);
    }
}
