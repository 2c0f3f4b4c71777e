using EarlyWarning.ServiceDefaults.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.ServiceDefaults.Hosting;

/// <summary>
/// Writes the answers of <c>/healthz</c> and <c>/readyz</c>: a line for each check, so that whoever asks sees what is missing; then how the
/// two headings of the status stand, which decide nothing here.
/// </summary>
internal static class HealthBody
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var checks = report.Entries.Select(entry =>
            $"{entry.Key}: {Word(entry.Value.Status)}{(entry.Value.Description is { } text ? $" ({text})" : "")}\n"
        );
        var survey = context.RequestServices.GetService<StatusSurvey>();
        return context.Response.WriteAsync(
            $"{Word(report.Status)}\n"
                + $"{string.Concat(checks)}{Heading("path of a warning", V1.Heading.Path)}{Heading("answers", V1.Heading.Answers)}",
            context.RequestAborted
        );

        string Heading(string name, V1.Heading heading) =>
            survey?.Worst(heading) is { } worst and not V1.Health.Unspecified ? $"status of {name}: {Word(worst)}\n" : "";
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
