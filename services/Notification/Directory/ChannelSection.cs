using System.Text.RegularExpressions;
using EarlyWarning.Notification.Channels.Webhook;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Notification.Directory;

/// <summary>Reads the <c>channels</c> of a recipient.</summary>
internal sealed partial class ChannelSection(YamlDocumentReader yaml, bool exercise, Func<string, string?> environment)
{
    private const int MostSecrets = 2;

    public IReadOnlyList<ChannelTarget> Read(IReadOnlyDictionary<string, YamlNode> recipient, YamlNode owner, string parent)
    {
        var channels = new List<ChannelTarget>();
        foreach (var (node, path) in yaml.Items(recipient, "channels", parent))
        {
            if (ReadOne(node, path) is not { } channel)
            {
                continue;
            }

            if (channels.Any(c => c.Kind == channel.Kind && c.Url == channel.Url))
            {
                yaml.Fault(node, path, "this channel is there twice.");
            }
            else if (channels.Any(c => c.Id == channel.Id))
            {
                yaml.Fault(node, path, $"the channel id '{channel.Id}' is used twice.");
            }

            channels.Add(channel);
        }

        if (channels.Count == 0)
        {
            yaml.Fault(owner, parent, "'channels' must have at least one of inbox and webhook.");
        }

        return channels;
    }

    private ChannelTarget? ReadOne(YamlNode node, string path)
    {
        if (node is YamlScalarNode { Value: "inbox" })
        {
            return ChannelTarget.Inbox;
        }

        if (
            node is not YamlMappingNode
            || yaml.Mapping(node, path, "webhook") is not { } channel
            || !channel.TryGetValue("webhook", out var webhook)
        )
        {
            yaml.Fault(node, path, "must be 'inbox', or 'webhook' with url and secret, and an id where its address may change.");
            return null;
        }

        path += ".webhook";
        if (yaml.Mapping(webhook, path, "id", "url", "secret", "secret-env") is not { } values)
        {
            return null;
        }

        var url = Url(values, webhook, path);
        var secrets = Secrets(values, webhook, path);
        return url is null ? null : new(Id(values, webhook, path, url), V1.ChannelKind.Webhook, url, secrets, WebhookAddress.Shown(url));
    }

    private string Id(IReadOnlyDictionary<string, YamlNode> values, YamlNode owner, string path, Uri url)
    {
        if (!values.TryGetValue("id", out var node))
        {
            return ChannelTarget.IdOf(V1.ChannelKind.Webhook, url);
        }

        var id = yaml.Text(values, "id", owner, path);
        if (id.Length > 0 && !DirectoryFile.Id().IsMatch(id))
        {
            yaml.Fault(node, $"{path}.id", $"must be {DirectoryFile.IdForm}.");
        }

        return id;
    }

    private Uri? Url(IReadOnlyDictionary<string, YamlNode> values, YamlNode owner, string path)
    {
        var text = yaml.Text(values, "url", owner, path);
        if (text.Length == 0)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yaml.Fault(values["url"], $"{path}.url", "must be an address such as https://example.org/hook.");
            return null;
        }

        if (exercise && !WebhookAddress.IsLoopback(url))
        {
            yaml.Fault(
                values["url"],
                $"{path}.url",
                $"{WebhookAddress.Shown(url)} is not on this machine: an exercise tells nobody but the inbox and loopback (127.0.0.1, "
                    + $"::1, localhost)."
            );
        }

        if (url.Scheme == "http" && !WebhookAddress.IsLoopback(url))
        {
            yaml.Fault(values["url"], $"{path}.url", "must be https where it leaves this machine.");
        }

        return url;
    }

    private List<WebhookSecret> Secrets(IReadOnlyDictionary<string, YamlNode> values, YamlNode owner, string path)
    {
        if (values.ContainsKey("secret") == values.ContainsKey("secret-env"))
        {
            yaml.Fault(owner, path, "needs one of 'secret' and 'secret-env', which signs what is sent.");
            return [];
        }

        var key = values.ContainsKey("secret") ? "secret" : "secret-env";
        var nodes = values[key] is YamlSequenceNode list ? list.Children : [values[key]];
        if (nodes.Count is 0 or > MostSecrets)
        {
            yaml.Fault(values[key], $"{path}.{key}", "must be one, or a list of the new and the old one while one replaces the other.");
            return [];
        }

        var secrets = new List<WebhookSecret>();
        foreach (var node in nodes)
        {
            var text = yaml.Scalar(node, $"{path}.{key}");
            text = key == "secret-env" && text.Length > 0 ? FromEnvironment(node, $"{path}.{key}", text) : text;
            if (WebhookSecret.TryParse(text, out var secret))
            {
                secrets.Add(secret);
            }
            else if (text.Length > 0)
            {
                yaml.Fault(node, $"{path}.{key}", $"a secret {WebhookSecret.Form}.");
            }
        }

        return secrets;
    }

    private string FromEnvironment(YamlNode node, string path, string variable)
    {
        var text = environment(variable)?.Trim() ?? "";
        if (text.Length == 0)
        {
            // What is no name may be the secret itself, put where its variable belongs.
            yaml.Fault(
                node,
                path,
                $"the environment variable {(Variable().IsMatch(variable) ? variable : "that it should name, in capital letters,")} is "
                    + $"not set."
            );
        }

        return text;
    }

    [GeneratedRegex("^[A-Z_][A-Z0-9_]{0,59}$")]
    private static partial Regex Variable();
}
