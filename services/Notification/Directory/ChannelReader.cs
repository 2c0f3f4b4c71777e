using System.Text.RegularExpressions;
using EarlyWarning.Yaml;
using EarlyWarning.Yaml.Binding;

namespace EarlyWarning.Notification.Directory;

/// <summary>Makes of the <c>channels</c> of a recipient what they stand for. A secret is never told in a fault.</summary>
/// <param name="exercise">Refuses every destination but inbox and loopback.</param>
/// <param name="environment">Reads the variables that <c>secret-env</c> names.</param>
internal sealed partial class ChannelReader(bool exercise, Func<string, string?> environment)
{
    private const int MostSecrets = 2;

    public IReadOnlyList<ChannelTarget> Read(IReadOnlyList<YamlValue> given)
    {
        List<ChannelTarget> channels = [];
        foreach (var value in given)
        {
            if (ReadOne(value) is not { } channel)
            {
                continue;
            }

            if (channels.Any(c => c.Kind == channel.Kind && c.Url == channel.Url))
            {
                value.Fault("This channel is there twice. Take one out.");
            }
            else if (channels.Any(c => c.Id == channel.Id))
            {
                value.Fault($"The channel id '{channel.Id}' is used twice. Give one of them another.");
            }

            channels.Add(channel);
        }

        return channels;
    }

    private ChannelTarget? ReadOne(YamlValue value)
    {
        if (value.IsText && value.Text() == "inbox")
        {
            return ChannelTarget.Inbox;
        }

        if (!value.IsMap)
        {
            value.Fault("Write 'inbox', or 'webhook' with url and secret, and an id where its address may change.");
            return null;
        }

        var webhook = RecordForm.Read<WebhookSection>(value.Map()!).Webhook;
        var secrets = Secrets(webhook, value);
        return webhook.Url is not null && UrlOf(webhook.Url) is { } url
            ? new(
                webhook.Id ?? ChannelTarget.IdOf(V1.ChannelKind.Webhook, url),
                V1.ChannelKind.Webhook,
                url,
                secrets,
                WebhookAddress.Shown(url)
            )
            : null;
    }

    private Uri? UrlOf(YamlValue value)
    {
        if (value.Text() is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            value.Fault("Write an address such as https://example.org/hook.");
            return null;
        }

        if (exercise && !WebhookAddress.IsLoopback(url))
        {
            value.Fault(
                $"{WebhookAddress.Shown(url)} is not on this machine: an exercise tells nobody but the inbox and loopback (127.0.0.1, "
                    + "::1, localhost)."
            );
        }

        if (url.Scheme == "http" && !WebhookAddress.IsLoopback(url))
        {
            value.Fault("Write an https address: this one leaves the machine.");
        }

        return url;
    }

    private List<WebhookSecret> Secrets(WebhookSection.WebhookEntry webhook, YamlValue owner)
    {
        if ((webhook.Secret ?? webhook.SecretEnv) is not { } given || (webhook.Secret is null) == (webhook.SecretEnv is null))
        {
            owner.Fault("Give one of 'secret' and 'secret-env', which signs what is sent.");
            return [];
        }

        var values = given.IsList ? given.Items() : [given];
        if (values.Count is 0 or > MostSecrets)
        {
            given.Fault("Give one, or a list of the new and the old one while one replaces the other.");
            return [];
        }

        List<WebhookSecret> secrets = [];
        foreach (var value in values)
        {
            var text = value.Text()?.Trim();
            if (text is not null && webhook.Secret is null)
            {
                text = FromEnvironment(value, text);
            }

            if (text is not null && WebhookSecret.TryParse(text, out var secret))
            {
                secrets.Add(secret);
            }
            else if (text is not null)
            {
                value.Fault($"A secret {WebhookSecret.Form}.");
            }
        }

        return secrets;
    }

    private string? FromEnvironment(YamlValue value, string variable)
    {
        if (environment(variable)?.Trim() is { Length: > 0 } text)
        {
            return text;
        }

        // What is no name may be the secret itself, put where its variable belongs.
        value.Fault(
            $"The environment variable {(Variable().IsMatch(variable) ? variable : "that it should name, in capital letters,")} is not set."
        );
        return null;
    }

    [GeneratedRegex("^[A-Z_][A-Z0-9_]{0,59}$")]
    private static partial Regex Variable();
}
