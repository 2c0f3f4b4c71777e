using System.ComponentModel.DataAnnotations;
using EarlyWarning.Yaml;

namespace EarlyWarning.Notification.Directory;

/// <summary>A channel that is a webhook, as it is written: under the key <c>webhook</c>.</summary>
internal sealed class WebhookSection
{
    public required WebhookEntry Webhook { get; init; } = new() { Url = null! };

    /// <summary>Where a webhook goes, and what signs it.</summary>
    internal sealed class WebhookEntry
    {
        [RegularExpression(DirectoryFile.IdPattern, ErrorMessage = DirectoryFile.IdForm)]
        public string? Id { get; init; }

        public required YamlValue Url { get; init; }

        public YamlValue? Secret { get; init; }

        public YamlValue? SecretEnv { get; init; }
    }
}
