import Intercom from '@intercom/intercom-react-native'
import {
  DestinationPlugin,
  ErrorType,
  SegmentError,
  type AliasEventType,
  type GroupEventType,
  type IdentifyEventType,
  type ScreenEventType,
  type SegmentEvent,
  type TrackEventType
} from '@segment/analytics-react-native'
import { toRecord, type Mapping } from '@intercom-destinations/shared-mapping'
import { buildActivity, buildMemberships, buildPerson, toUserId } from './build-call'
import { createIntercomSession, type IntercomSession } from './intercom-session'
import { toLossLines, toLossReport, type CallType, type MobileLoss } from './losses'
import { readMappings, type CompleteMappings, type IntercomPluginOptions } from './plugin-options'

/** The name of Segment's Intercom destination. The Segment client passes events only to a plugin with such a key. */
const DESTINATION_KEY = 'Intercom'

/**
 * Sends what the Segment client records to Intercom's mobile SDK: `analytics.add({ plugin: new IntercomPlugin() })`.
 *
 * The app initializes the SDK itself (`Intercom.initialize`, or in native code). Errors of the SDK reach the `errorHandler`
 * of the client, as an `IntercomSdkError` in `innerError`.
 */
export class IntercomPlugin extends DestinationPlugin {
  override key = DESTINATION_KEY
  private readonly options: IntercomPluginOptions
  private readonly mappings: CompleteMappings
  private readonly session: IntercomSession
  private isSettingMissed = false

  constructor(options: IntercomPluginOptions = {}) {
    super()
    this.options = options
    const { mappings, complaints } = readMappings(options.mappings)
    if (complaints.length > 0) warn(`some options cannot be used: ${complaints.join('; ')}. The rest works.`)
    this.mappings = mappings
    this.session = createIntercomSession(Intercom, {
      rules: { trackAnonymous: options.trackAnonymous !== false, secured: options.secured === true },
      onLost: (type, losses) => this.reportLosses(type, losses)
    })
  }

  override execute(event: SegmentEvent): Promise<SegmentEvent | undefined> {
    this.reportMissingSetting()
    return super.execute(event)
  }

  override async identify(event: IdentifyEventType): Promise<IdentifyEventType> {
    await this.sendPerson('identify', event)
    return event
  }

  /** Intercom has no aliases, so the new id is logged in. An unidentified person becomes this user. */
  override async alias(event: AliasEventType): Promise<AliasEventType> {
    await this.sendPerson('alias', event)
    return event
  }

  override async group(event: GroupEventType): Promise<GroupEventType> {
    const { built: memberships, losses } = buildMemberships(event, this.mappings.group)
    if (memberships.joined.length === 0 && memberships.left.length === 0) this.reportLosses('group', losses)
    else {
      const userId = toUserId(event)
      await this.session.act({ type: 'group', name: 'company', userId, losses, what: { memberships } })
    }
    return event
  }

  override async track(event: TrackEventType): Promise<TrackEventType> {
    await this.sendActivity('track', event, this.mappings.track)
    return event
  }

  override async screen(event: ScreenEventType): Promise<ScreenEventType> {
    if (this.mappings.screen) await this.sendActivity('screen', event, this.mappings.screen)
    return event
  }

  /** Resolves when the SDK has answered every call that was made so far. Nothing else is kept back to be sent. */
  override flush(): Promise<void> {
    return this.session.flush()
  }

  /** Logs the person out. The client ignores a rejection of this method, so it is reported here. */
  override async reset(): Promise<void> {
    try {
      await this.session.reset(this.isInSettings())
    } catch (error) {
      const message = error instanceof Error ? error.message : 'Intercom did not log out'
      this.analytics?.reportInternalError(new SegmentError(ErrorType.ResetError, message, error))
    }
  }

  protected override isEnabled(event: SegmentEvent): boolean {
    return super.isEnabled(event) && !isTurnedOff(event.integrations)
  }

  private async sendPerson(type: 'identify' | 'alias', event: IdentifyEventType | AliasEventType): Promise<void> {
    const { built, losses } = buildPerson(event, this.mappings.identify, this.options.collectContext === true)
    await this.session.identify(type, built, losses)
  }

  private async sendActivity(type: CallType, event: SegmentEvent, mapping: Mapping): Promise<void> {
    const { built, losses } = buildActivity(event, mapping)
    if (!built) return this.reportLosses(type, losses)
    const { name, metadata } = built
    await this.session.act({ type, name, userId: toUserId(event), losses, what: { metadata } })
  }

  private isInSettings(): boolean {
    return this.analytics?.settings.get()?.[this.key] !== undefined
  }

  /** The client skips a destination that Segment's settings do not name, and does not say so. */
  private reportMissingSetting(): void {
    if (this.isSettingMissed || this.isInSettings()) return
    this.isSettingMissed = true
    const isFetched = Object.keys(this.analytics?.settings.get() ?? {}).length > 0
    warn(
      `${isFetched ? "Segment's settings of this source have no" : "Segment's settings were not fetched, so there is no"} ` +
        `destination named "${this.key}", and the Segment client keeps all events away from this plugin. Connect the ` +
        `destination in Segment, or pass settings: analytics.add({ plugin, settings: {} }).`
    )
  }

  private reportLosses(type: CallType, losses: readonly MobileLoss[]): void {
    const report = toLossReport(type, losses)
    if (!report) return
    for (const line of toLossLines(report)) this.analytics?.logger.warn(line)
    try {
      this.options.onLoss?.(report)
    } catch (error) {
      // A report that fails must not fail the event.
      this.analytics?.logger.warn('Intercom: the option onLoss threw', error)
    }
  }
}

/** `false` for the destination, or for all destinations without an exception for this one. */
function isTurnedOff(integrations: unknown): boolean {
  const { Intercom: named, intercom: lower, All: all } = toRecord(integrations) ?? {}
  return named === false || lower === false || (all === false && !named && !lower)
}

function warn(text: string): void {
  // eslint-disable-next-line no-console -- otherwise nothing explains why Intercom gets nothing
  console.warn(`IntercomPlugin: ${text}`)
}
