using System.Globalization;
using System.Net.Mail;

namespace CallCenter.Workflows.Mail;

/// <summary>
/// A folder as a mailbox, for trying out: every mail is an <c>.eml</c> file, which mail programs open. A file is there whole or not at all.
/// </summary>
/// <remarks>
/// The file's name follows from the mail's key, as its Message-ID does, so a mail that is sent again replaces its file: unlike a mail server, a
/// folder can be asked whether it has a mail. That it was sent again is not hidden: the header <c>X-Times-Sent</c> counts.
/// </remarks>
public sealed class MailFolder : IMailer
{
    internal const string TimesSent = "X-Times-Sent";

    private readonly string _folder;
    private readonly string _from;

    /// <summary>Mails into the folder of <see cref="MailOptions.Folder"/>, which is made when the first one comes.</summary>
    /// <exception cref="ArgumentException">The options do not fit together.</exception>
    public MailFolder(MailOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _folder = options.Folder ?? throw new ArgumentException("Set CallCenter:Mail:Folder.");
        _from = options.From ?? MailOptions.ExampleSender;
    }

    /// <inheritdoc/>
    public Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            Write(mail);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or SmtpException { InnerException: IOException or UnauthorizedAccessException })
        {
            throw new MailException(
                $"The mail could not be written to the folder '{_folder}' (setting CallCenter:Mail:Folder): {(e.InnerException ?? e).Message}", e);
        }
        return Task.CompletedTask;
    }

    private void Write(OutgoingMail mail)
    {
        var target = Path.Combine(_folder, $"{MessageId.Digits(mail.Key)}.eml");
        using var message = MailMessages.Create(mail, _from);
        message.Headers[TimesSent] = (Count(target) + 1).ToString(CultureInfo.InvariantCulture);

        // SmtpClient chooses the file's name itself: a folder of its own tells which one it was, and a rename within one file system is all or nothing.
        Directory.CreateDirectory(_folder);
        var temporary = Path.Combine(Path.GetFullPath(_folder), $".{Guid.NewGuid():n}");
        Directory.CreateDirectory(temporary);
        try
        {
            using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = temporary })
                client.Send(message);
            var written = Directory.GetFiles(temporary).Single();
            using (var file = File.OpenHandle(written, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(file);
            File.Move(written, target, overwrite: true);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static int Count(string file)
    {
        if (!File.Exists(file))
            return 0;
        var line = File.ReadLines(file).TakeWhile(line => line.Length > 0)
            .FirstOrDefault(line => line.StartsWith($"{TimesSent}:", StringComparison.OrdinalIgnoreCase));
        return int.TryParse(line?[(TimesSent.Length + 1)..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var count) ? count : 1;
    }
}
